//! Through which proxy a store is reached, if through any: what the environment says, as other programs read it.

use super::endpoint::Endpoint;

/// The proxy for a store, out of `HTTPS_PROXY` (or `ALL_PROXY`) and `NO_PROXY`. None for a store on this computer: a proxy elsewhere would
/// be told the password.
pub fn proxy_for<'a>(to: &Endpoint, proxy: Option<&'a str>, no_proxy: Option<&str>) -> Option<&'a str> {
    let spared = no_proxy
        .unwrap_or_default()
        .split(',')
        .any(|one| is_of(one, to.host()));
    proxy.filter(|_| !to.is_loopback() && !spared)
}

/// Whether an entry of `NO_PROXY` means a host: itself, one below it, or every one.
fn is_of(entry: &str, host: &str) -> bool {
    let entry = entry.trim().to_ascii_lowercase();
    let entry = entry.strip_prefix("*.").unwrap_or(&entry);
    let entry = entry.strip_prefix('.').unwrap_or(entry);
    if entry == "*" {
        return true;
    }
    let name = entry
        .rsplit_once(':')
        .filter(|(_, port)| port.parse::<u16>().is_ok());
    let name = name.map_or(entry, |(name, _)| name);
    !name.is_empty()
        && host
            .strip_suffix(name)
            .is_some_and(|above| above.is_empty() || above.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_says_which_proxy() {
        let store = Endpoint::parse("https://lrs.halden.example:8443/xAPI").unwrap();
        let here = Endpoint::parse("https://127.0.0.1/xAPI").unwrap();
        let proxy = Some("http://proxy.example:3128");
        assert_eq!(proxy_for(&store, None, None), None);
        assert_eq!(proxy_for(&here, proxy, None), None);
        for (no_proxy, is_asked) in [
            ("", true),
            ("halden.example", false),
            (".halden.example", false),
            ("*.halden.example", false),
            ("a.example, LRS.halden.example:8443", false),
            ("*", false),
            ("alden.example", true),
            ("lrs.halden.example.org", true),
            (",,", true),
        ] {
            let asked = proxy_for(&store, proxy, Some(no_proxy));
            assert_eq!(asked.is_some(), is_asked, "{no_proxy}");
        }
    }
}
