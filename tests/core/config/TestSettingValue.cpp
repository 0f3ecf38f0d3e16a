#include "core/config/Duration.h"
#include "core/config/ListenPoint.h"
#include "core/config/SettingTable.h"
#include "core/config/SettingValue.h"

#include <QTest>

using namespace warder;
using namespace Qt::StringLiterals;

class TestSettingValue : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void parse_data();
    void parse();
    void everyDefault_isRight();
    void everyKey_isUniqueAndHasAText();
    void texts_areReadBack();
    void nearest_data();
    void nearest();
};

void TestSettingValue::parse_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("raw");
    QTest::addColumn<QString>("right"); // what the fault says; empty: no fault
    const auto good = [](const char *name, const QString &key, const QString &raw) { QTest::newRow(name) << key << raw << QString(); };
    const auto bad = [](const char *name, const QString &key, const QString &raw, const QString &right) {
        QTest::newRow(name) << key << raw << right;
    };
    good("true", u"rate_limit.enabled"_s, u"true"_s);
    bad("yes", u"rate_limit.enabled"_s, u"yes"_s, u"true or false"_s);
    bad("True", u"rate_limit.enabled"_s, u"True"_s, u"true or false"_s);
    good("the least threads", u"http.threads"_s, u"0"_s);
    good("the most threads", u"http.threads"_s, u"64"_s);
    bad("more threads", u"http.threads"_s, u"65"_s, u"a whole number from 0 to 64"_s);
    bad("fewer threads", u"http.threads"_s, u"-1"_s, u"a whole number from 0 to 64"_s);
    bad("no number", u"http.threads"_s, u"many"_s, u"a whole number from 0 to 64"_s);
    bad("a fraction", u"http.threads"_s, u"1.5"_s, u"a whole number"_s);
    bad("beyond 64 bits", u"http.threads"_s, u"99999999999999999999"_s, u"a whole number"_s);
    bad("nothing", u"http.threads"_s, u""_s, u"a whole number"_s);
    good("plain seconds", u"tokens.access_lifetime"_s, u"900"_s);
    good("minutes", u"tokens.access_lifetime"_s, u"15m"_s);
    good("a day", u"tokens.access_lifetime"_s, u"1d"_s);
    bad("too short", u"tokens.access_lifetime"_s, u"59s"_s, u"from 1m to 1d"_s);
    bad("too long", u"tokens.access_lifetime"_s, u"25h"_s, u"from 1m to 1d"_s);
    bad("unknown unit", u"tokens.access_lifetime"_s, u"15min"_s, u"a duration such as"_s);
    bad("a unit alone", u"tokens.access_lifetime"_s, u"m"_s, u"a duration such as"_s);
    bad("a signed duration", u"tokens.access_lifetime"_s, u"+900"_s, u"a duration such as"_s);
    bad("an endless duration", u"sessions.idle_lifetime"_s, u"9999999999d"_s, u"a duration such as"_s);
    good("never", u"keys.access_rotation"_s, u"0"_s);
    good("never, with a unit", u"keys.spent_kept"_s, u"0d"_s);
    good("not sooner than that", u"keys.refresh_rotation"_s, u"1d"_s);
    bad("too soon, but not never", u"keys.refresh_rotation"_s, u"23h"_s, u"from 1d to 3650d, or 0 for never"_s);
    bad("never, where it must be", u"tokens.access_lifetime"_s, u"0"_s, u"from 1m to 1d"_s);
    good("a choice", u"tokens.algorithm"_s, u"EdDSA"_s);
    bad("alg none", u"tokens.algorithm"_s, u"none"_s, u"one of ES256, EdDSA, RS256, PS256, HS256"_s);
    good("IPv4", u"http.listen"_s, u"0.0.0.0:80"_s);
    good("IPv6", u"http.listen"_s, u"[::1]:8000"_s);
    good("localhost", u"http.listen"_s, u"localhost:0"_s);
    bad("no port", u"http.listen"_s, u"127.0.0.1"_s, u"address:port"_s);
    bad("port too high", u"http.listen"_s, u"127.0.0.1:65536"_s, u"address:port"_s);
    bad("a name", u"http.listen"_s, u"example.org:80"_s, u"address:port"_s);
    bad("IPv6 without brackets", u"http.listen"_s, u"::1:8000"_s, u"address:port"_s);
    bad("short IPv4", u"http.listen"_s, u"10:8000"_s, u"address:port"_s);
    good("a source of the master key", u"keys.master_key_sources"_s, u"keychain"_s);
    good("all sources", u"keys.master_key_sources"_s, u"environment, file,credential,keychain"_s);
    bad("no source", u"keys.master_key_sources"_s, u""_s, u"at least 1"_s);
    bad("an unknown source", u"keys.master_key_sources"_s, u"file, safe"_s, u"credential, keychain, file or environment"_s);
    good("a second factor of admins", u"mfa.required"_s, u"admins"_s);
    bad("a second factor of some", u"mfa.required"_s, u"some"_s, u"one of none, admins, all"_s);
    good("browsers are never remembered", u"mfa.remember_for"_s, u"0"_s);
    good("browsers are remembered for a day", u"mfa.remember_for"_s, u"1d"_s);
    bad("browsers are remembered for a minute", u"mfa.remember_for"_s, u"1m"_s, u"or 0 for never"_s);
    good("providers ask for second factors", u"mfa.after_oauth"_s, u"trust"_s);
    bad("somebody asks for second factors", u"mfa.after_oauth"_s, u"maybe"_s, u"one of ask, trust"_s);
    good("a site to go back to", u"oauth.frontend"_s, u"https://app.example.com"_s);
    good("the first site", u"oauth.frontend"_s, QString());
    bad("a site with a path", u"oauth.frontend"_s, u"https://app.example.com/"_s, u"an origin such as https://app.example.com"_s);
    bad("an app to go back to", u"oauth.frontend"_s, u"capacitor://localhost"_s, u"an origin such as https://app.example.com"_s);
    bad("any site", u"oauth.frontend"_s, u"*"_s, u"an origin such as https://app.example.com"_s);
    good("an issuer in Unicode", u"mfa.issuer"_s, u"Müller & Söhne 商店"_s);
    bad("an issuer with a colon", u"mfa.issuer"_s, u"Shop: EU"_s, u"at most 40 characters without a colon"_s);
    bad("a long issuer", u"mfa.issuer"_s, QString(41, u'x'), u"at most 40 characters without a colon"_s);
    good("origins", u"http.allowed_origins"_s, u"https://app.example.org, http://localhost:3000,http://[::1]:3000"_s);
    good("origins of packaged apps", u"http.allowed_origins"_s,
         u"capacitor://localhost,ionic://localhost,tauri://localhost,http://tauri.localhost"_s);
    good("origins of extensions", u"http.allowed_origins"_s,
         u"chrome-extension://abcdefghijklmnopabcdefghijklmnop, moz-extension://0f0e0d0c-1111-2222-3333-444455556666"_s);
    good("an origin with underscores", u"http.allowed_origins"_s, u"http://my_app:3000,http://_x.example.org"_s);
    bad("an origin of files", u"http.allowed_origins"_s, u"file://localhost"_s, u"scheme://host[:port]"_s);
    bad("an app's origin with a path", u"http.allowed_origins"_s, u"capacitor://localhost/"_s, u"scheme://host[:port]"_s);
    bad("an app's origin without a host", u"http.allowed_origins"_s, u"app://"_s, u"scheme://host[:port]"_s);
    bad("an origin with a user", u"http.allowed_origins"_s, u"http://me@app:3000"_s, u"scheme://host[:port]"_s);
    bad("a scheme that begins with a digit", u"http.allowed_origins"_s, u"1app://localhost"_s, u"scheme://host[:port]"_s);
    good("hosts", u"http.hosts"_s, u"auth.example.com, my_box"_s);
    bad("a host with a port", u"http.hosts"_s, u"auth.example.com:8000"_s, u"without scheme and port"_s);
    bad("a host with a scheme", u"http.hosts"_s, u"https://auth.example.com"_s, u"without scheme and port"_s);
    bad("any host", u"http.hosts"_s, u"*"_s, u"without scheme and port"_s);
    good("no origins", u"http.allowed_origins"_s, u""_s);
    bad("a wildcard", u"http.allowed_origins"_s, u"*"_s, u"because credentials are allowed"_s);
    bad("a wildcard within", u"http.allowed_origins"_s, u"https://*.example.org"_s, u"because credentials are allowed"_s);
    bad("an origin with a path", u"http.allowed_origins"_s, u"https://example.org/"_s, u"scheme://host[:port]"_s);
    bad("an origin with a default port", u"http.allowed_origins"_s, u"https://example.org:443"_s, u"no default port"_s);
    bad("an origin without a scheme", u"http.allowed_origins"_s, u"example.org"_s, u"scheme://host[:port]"_s);
    bad("null", u"http.allowed_origins"_s, u"null"_s, u"scheme://host[:port]"_s);
    good("subnets", u"http.trusted_proxies"_s, u"10.0.0.0/8,127.0.0.1,2001:db8::/32,::1"_s);
    bad("an octal address", u"http.trusted_proxies"_s, u"010.0.0.1"_s, u"addresses or subnets"_s);
    bad("a subnet too long", u"http.trusted_proxies"_s, u"10.0.0.0/33"_s, u"addresses or subnets"_s);
    bad("a subnet of a short address", u"http.trusted_proxies"_s, u"10/8"_s, u"addresses or subnets"_s);
    good("a base path", u"http.base_path"_s, u"/auth/v1"_s);
    bad("a slash at the end", u"http.base_path"_s, u"/auth/"_s, u"a path such as /auth"_s);
    bad("a path upwards", u"http.base_path"_s, u"/auth/.."_s, u"a path such as /auth"_s);
    good("a cookie prefix", u"http.cookie_prefix"_s, u"my-Shop_2"_s);
    bad("an empty cookie prefix", u"http.cookie_prefix"_s, u""_s, u"a letter, then"_s);
    bad("a prefix of the browsers", u"http.cookie_prefix"_s, u"__Host-shop"_s, u"a letter, then"_s);
    bad("a cookie prefix that ends a name", u"http.cookie_prefix"_s, u"a=b"_s, u"a letter, then"_s);
    bad("a cookie prefix that ends a cookie", u"http.cookie_prefix"_s, u"a;b"_s, u"a letter, then"_s);
    bad("a cookie prefix of two words", u"http.cookie_prefix"_s, u"my shop"_s, u"a letter, then"_s);
    bad("a cookie prefix with an umlaut", u"http.cookie_prefix"_s, u"sh\u00f6p"_s, u"a letter, then"_s);
    bad("a cookie prefix too long", u"http.cookie_prefix"_s, QString(33, u'a'), u"a letter, then"_s);
    good("a rate", u"rate_limit.login_per_address"_s, u"30/1m burst 5"_s);
    good("a rate without burst", u"rate_limit.login_per_address"_s, u"30/90s"_s);
    good("off", u"rate_limit.login_per_address"_s, u"off"_s);
    bad("no amount", u"rate_limit.login_per_address"_s, u"0/1m"_s, u"amount/period"_s);
    bad("no period", u"rate_limit.login_per_address"_s, u"30/0s"_s, u"amount/period"_s);
    bad("no burst", u"rate_limit.login_per_address"_s, u"30/1m burst 0"_s, u"amount/period"_s);
    bad("a rate too fast", u"rate_limit.login_per_address"_s, u"1000001/1s"_s, u"amount/period"_s);
    bad("a period too long", u"rate_limit.login_per_address"_s, u"1/31d"_s, u"amount/period"_s);
    good("a host for passkeys", u"passkeys.rp_id"_s, u"example.com"_s);
    good("no host for passkeys", u"passkeys.rp_id"_s, u""_s);
    for (const QString &host : {u"https://example.com"_s, u"example.com:443"_s, u"Example.com"_s, u"192.0.2.1"_s, u"[::1]"_s,
                                u"example.com/"_s, u"*.example.com"_s, QString(254, u'a')})
        bad(qPrintable(u"for passkeys: "_s + host.left(30)), u"passkeys.rp_id"_s, host, u"a host name in lower case"_s);
    good("pages and an app for passkeys", u"passkeys.origins"_s,
         u"https://example.com, http://localhost:3000, android:apk-key-hash:"_s + QString(43, u'A'));
    bad("an app without its hash", u"passkeys.origins"_s, u"android:apk-key-hash:AA"_s, u"scheme://host[:port]"_s);
    bad("any page for passkeys", u"passkeys.origins"_s, u"*"_s, u"exact origins"_s);
    bad("a name of two lines", u"passkeys.rp_name"_s, u"a\nb"_s, u"at most 64 characters"_s);
    bad("a long name", u"passkeys.rp_name"_s, QString(65, u'x'), u"at most 64 characters"_s);
    bad("a short metrics token", u"metrics.token"_s, u"short"_s, u"16 to 255 characters"_s);
    bad("an empty audience", u"tokens.audience"_s, u""_s, u"1 to 255 characters"_s);
    good("no issuer: the own address", u"tokens.issuer"_s, u""_s);
    good("an issuer", u"tokens.issuer"_s, u"https://auth.example.com"_s);
    good("an issuer with port and path", u"tokens.issuer"_s, u"http://localhost:8000/auth"_s);
    for (const auto *issuer : {"auth.example.com", "localhost:8000", "//auth.example.com", "https://", "https:auth.example.com",
                               "https:///path", "ftp://example.com", "https://user:secret@example.com", "https://exa\"mple.com",
                               "https://example.com:port", "https://[::1", "unix:/run/warder.sock"})
        bad(issuer, u"tokens.issuer"_s, QString::fromLatin1(issuer), u"a URL such as https://auth.example.com"_s);
    good("a server of breached passwords", u"passwords.breach_url"_s, u"https://api.pwnedpasswords.com"_s);
    good("one of one's own", u"passwords.breach_url"_s, u"https://hibp.example.com:8443/range-api"_s);
    good("one on this machine", u"passwords.breach_url"_s, u"http://127.0.0.1:8080"_s);
    good("one on this machine by IPv6", u"passwords.breach_url"_s, u"http://[::1]:8080"_s);
    for (const auto *url : {"", "api.pwnedpasswords.com", "https://", "http://api.pwnedpasswords.com", "http://localhost:8080",
                            "http://10.0.0.7", "https://user:secret@example.com", "https://example.com/", "https://example.com/?a=b",
                            "https://example.com/a#b", "https://exa mple.com", "https://[::1", "ftp://127.0.0.1", "file:///etc/passwd"})
        bad(QByteArray("of breached passwords: ").append(url), u"passwords.breach_url"_s, QString::fromLatin1(url),
            u"an https URL without a slash at its end"_s);
    bad("to check half", u"passwords.breach_check"_s, u"true"_s, u"one of off, on"_s);
    good("a minute of freshness", u"sessions.fresh_for"_s, u"1m"_s);
    good("a day of freshness", u"sessions.fresh_for"_s, u"24h"_s);
    bad("more than a day of freshness", u"sessions.fresh_for"_s, u"86401s"_s, u"from 1m to 1d"_s);
    bad("no freshness", u"sessions.fresh_for"_s, u"0"_s, u"from 1m to 1d"_s);
    bad("an issuer of two words", u"tokens.issuer"_s, u"my server"_s, u"without spaces"_s);
}

void TestSettingValue::parse()
{
    QFETCH(QString, key);
    QFETCH(QString, raw);
    QFETCH(QString, right);
    const auto value = parseSetting(*findSetting(key), raw);
    QCOMPARE(value.has_value(), right.isEmpty());
    if (!value)
        QVERIFY2(value.error().contains(right), qPrintable(value.error()));
}

void TestSettingValue::everyDefault_isRight()
{
    for (const SettingDefinition &each : settingTable)
        QVERIFY2(parseSetting(each, each.defaultValue.toString()), qPrintable(each.key.toString()));
}

void TestSettingValue::everyKey_isUniqueAndHasAText()
{
    QSet<QStringView> seen;
    for (const SettingDefinition &each : settingTable) {
        QVERIFY2(!seen.contains(each.key) && each.text.endsWith(u'.'), qPrintable(each.key.toString()));
        seen += each.key;
    }
}

void TestSettingValue::texts_areReadBack()
{
    for (const auto &text : {u"30/1m burst 5"_s, u"1/30d burst 1"_s, u"off"_s})
        QCOMPARE(toText(*parseRate(text)), text);
    for (const auto &text : {u"0s"_s, u"59s"_s, u"15m"_s, u"2h"_s, u"14d"_s})
        QCOMPARE(toText(*parseDuration(text)), text);
    for (const auto &text : {u"127.0.0.1:8000"_s, u"[::1]:0"_s, u"unix:/run/warder/warder.sock"_s})
        QCOMPARE(toText(*parseListenPoint(text)), text);
}

void TestSettingValue::nearest_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("meant");
    QTest::newRow("a letter missing") << u"http.listn"_s << u"http.listen"_s;
    QTest::newRow("another separator") << u"http_listen"_s << u"http.listen"_s;
    QTest::newRow("singular") << u"token.issuer"_s << u"tokens.issuer"_s;
    QTest::newRow("nothing near") << u"frobnicate"_s << QString();
    QTest::newRow("very long") << QString(1000, u'x') << QString();
}

void TestSettingValue::nearest()
{
    QFETCH(QString, typed);
    QFETCH(QString, meant);
    QCOMPARE(nearestSetting(typed), meant);
}

QTEST_GUILESS_MAIN(TestSettingValue)
#include "TestSettingValue.moc"
