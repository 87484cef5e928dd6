namespace Krait.Runtime.Tests.Upgrading;

/// <summary>Elements of AllowedOrigins, for the runtime, which throws at startup, and for the rule that says so before.</summary>
public static class OriginCases
{
    public static TheoryData<string> Allowed =>
    [
        "*", "null", "http://a", "https://a.example", "HTTPS://A.Example", "https://a.example:1", "https://a.example:65535", "https://a.example:0080",
        "chrome-extension://abc_def", "a+b.c-1://host", "http://127.0.0.1:80", "http://[::1]", "http://[2001:DB8::1]:443", "http://[1.2.3.4]", "http://-._", "https://é.example", "https://MÜNCHEN.example:8443",
    ];

    public static TheoryData<string> Refused =>
    [
        "", " ", "a.example", "//a.example", "://a.example", "https:", "https://", "https:/a.example", "1https://a.example", "ht_tp://a.example",
        "https://a.example/", "https://a.example/path", "https://a.example?", "https://user@a.example", "https://a b", "https://*.a.example",
        "https://a.example:", "https://a.example:0", "https://a.example:65536", "https://a.example:+1", "https://a.example: 1", "https://a.example:1a",
        "https://a.example:99999999999", "https://a.example:1:2", "https://:1", "http://[", "http://[]", "http://[::1", "http://[::g]", "http://[::1]1",
        "http://[::1]/", "Null", "**",
    ];
}
