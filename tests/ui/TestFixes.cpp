#include "ui/overview/Fixes.h"
#include "ui/overview/Reach.h"

#include <QLocale>
#include <QTest>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;

namespace {

constexpr TimePoint aDay {std::chrono::days {20'000}};

SettingView heldSetting(const QString &key, const QString &value)
{
    return {.key = key, .value = value, .defaultValue = {}, .sourceName = {}, .text = {}};
}

/// A server that others use too, of which all is well.
FixFacts goodFacts()
{
    FixFacts facts {.overview = {.server = {}, .counts = OverviewCounts(), .signingKeySince = aDay - 10 * 24h}, .now = aDay};
    facts.settings = {heldSetting(u"http.listen"_s, u"127.0.0.1:8000"_s),
                      heldSetting(u"http.trusted_proxies"_s, u"127.0.0.1"_s),
                      heldSetting(u"http.allowed_origins"_s, u"https://shop.example.com"_s),
                      heldSetting(u"rate_limit.enabled"_s, u"true"_s),
                      heldSetting(u"rate_limit.login_backoff"_s, u"true"_s),
                      heldSetting(u"tokens.issuer"_s, u"https://auth.example.com"_s),
                      heldSetting(u"passwords.algorithm"_s, u"argon2id"_s),
                      heldSetting(u"passwords.min_guesses"_s, u"1000000"_s),
                      heldSetting(u"passwords.breach_check"_s, u"on"_s),
                      heldSetting(u"accounts.require_verified_email"_s, u"false"_s),
                      heldSetting(u"accounts.registration_answer"_s, u"open"_s),
                      heldSetting(u"accounts.magic_link"_s, u"false"_s),
                      heldSetting(u"mail.transport"_s, u"smtp"_s),
                      heldSetting(u"mail.link_base"_s, u"https://shop.example.com"_s),
                      heldSetting(u"keys.access_rotation"_s, u"90d"_s),
                      heldSetting(u"audit.keep"_s, u"365d"_s)};
    facts.keys = {{.kid = u"a"_s, .algorithm = u"ES256"_s, .state = KeyState::Current, .createdAt = aDay},
                  {.kid = u"b"_s, .algorithm = u"ES256"_s, .state = KeyState::Standby, .createdAt = aDay}};
    facts.masterKey = MasterKeyView {.source = MasterKeySource::Keychain, .place = {}, .checkCode = {}};
    facts.overview.counts->admins = 2;
    facts.overview.diskLeft = 50LL << 30;
    return facts;
}

} // namespace

/// Each check behind "What to fix next", by what it goes by.
class TestFixes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goodServer_hasNothingToFix();
    void setting_isJudged_data();
    void setting_isJudged();
    void number_isJudged_data();
    void number_isJudged();
    void keys_areJudged_data();
    void keys_areJudged();
    void masterKey_isJudged_data();
    void masterKey_isJudged();
    void advice_comesLast();
    void everyFix_hasAButton();
    void place_isReachedFrom_data();
    void place_isReachedFrom();

private:
    static void set(FixFacts &facts, const QString &key, const QString &value)
    {
        std::ranges::find(facts.settings, key, &SettingView::key)->value = value;
    }
    /// One fix, which begins so and leads there; empty: none.
    static void verify(const FixFacts &facts, const QString &begins, const QString &page, Tone tone = Tone::Warning)
    {
        const QList<Fix> fixes = Fixes::of(facts);
        QCOMPARE(fixes.size(), begins.isEmpty() ? 0 : 1);
        if (begins.isEmpty())
            return;
        QVERIFY2(fixes.first().text.startsWith(begins), qPrintable(fixes.first().text));
        QCOMPARE(fixes.first().page, page);
        QCOMPARE(fixes.first().tone, tone);
    }
};

void TestFixes::goodServer_hasNothingToFix()
{
    verify(goodFacts(), {}, {});
    verify({.overview = {.server = {}, .counts = OverviewCounts(), .signingKeySince = {}}}, {}, {}); // nobody knows anything
}

void TestFixes::setting_isJudged_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("begins");
    QTest::addColumn<Tone>("tone");
    const Tone warning = Tone::Warning;
    const Tone advice = Tone::Info;
    QTest::newRow("limits off") << u"rate_limit.enabled"_s << u"false"_s << u"No limit applies"_s << warning;
    QTest::newRow("no back-off") << u"rate_limit.login_backoff"_s << u"false"_s << u"Wrong passwords in a row cost no wait"_s << warning;
    QTest::newRow("any proxy") << u"http.trusted_proxies"_s << u"10.0.0.7,0.0.0.0/0"_s << u"Any client may claim any address"_s << warning;
    QTest::newRow("any proxy of IPv6") << u"http.trusted_proxies"_s << u"::/0"_s << u"Any client may claim any address"_s << warning;
    QTest::newRow("a network of proxies") << u"http.trusted_proxies"_s << u"10.0.0.0/8"_s << QString() << warning;
    QTest::newRow("no issuer") << u"tokens.issuer"_s << QString() << u"Tokens name the place where the server listens"_s << advice;
    QTest::newRow("common passwords") << u"passwords.min_guesses"_s << u"0"_s << u"New passwords may be the most common"_s << warning;
    QTest::newRow("breaches not looked up") << u"passwords.breach_check"_s << u"off"_s << u"New passwords are not looked up"_s << advice;
    QTest::newRow("record for ever") << u"audit.keep"_s << u"0"_s << u"The record of who did what"_s << advice;
    QTest::newRow("record for ever, in days") << u"audit.keep"_s << u"0d"_s << u"The record of who did what"_s << advice;
    QTest::newRow("record for a day") << u"audit.keep"_s << u"1d"_s << QString() << warning;
}

void TestFixes::setting_isJudged()
{
    QFETCH(const QString, key);
    QFETCH(const QString, value);
    QFETCH(const QString, begins);
    QFETCH(const Tone, tone);
    FixFacts facts = goodFacts();
    set(facts, key, value);
    verify(facts, begins, u"settings"_s, tone);
    if (begins.isEmpty())
        return;
    QCOMPARE(Fixes::of(facts).first().filter.text, key);
    facts.settings.removeIf([&key](const SettingView &each) { return each.key == key; });
    verify(facts, {}, {}); // nobody knows
}

void TestFixes::number_isJudged_data()
{
    QTest::addColumn<int>("admins");
    QTest::addColumn<int>("oldHashes");
    QTest::addColumn<int>("mebibytesLeft");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<QString>("begins");
    QTest::addColumn<QString>("page");
    QTest::addColumn<Tone>("tone");
    const QString none;
    const QString argon = u"argon2id"_s;
    const QString users = u"users"_s;
    QTest::newRow("no admin at all") << 0 << 0 << 4096 << none << argon << none << none << Tone::Info;
    QTest::newRow("one admin") << 1 << 0 << 4096 << none << argon << u"One account alone has the role admin"_s << users << Tone::Info;
    QTest::newRow("an old hash") << 2 << 1 << 4096 << none << argon << u"One password is kept by an old method"_s << users << Tone::Info;
    QTest::newRow("old hashes") << 2 << 12 << 4096 << none << argon << u"12 passwords are kept by an old method"_s << users << Tone::Info;
    QTest::newRow("very many") << 2 << int(OverviewCounts::mostOldHashes) << 4096 << none << argon
                               << u"1,000 passwords or more are kept by an old method"_s << users << Tone::Info;
    QTest::newRow("another method is wanted") << 2 << 12 << 4096 << none << u"bcrypt"_s << none << none << Tone::Info;
    QTest::newRow("room enough") << 2 << 0 << 1024 << none << argon << none << none << Tone::Info;
    QTest::newRow("little room") << 2 << 0 << 1023 << none << argon << u"The disk has 1,023 MiB left at"_s << u"backups"_s << Tone::Warning;
    QTest::newRow("said above already") << 2 << 0 << 100 << u"disk_low"_s << argon << none << none << Tone::Info;
}

void TestFixes::number_isJudged()
{
    QFETCH(const int, admins);
    QFETCH(const int, oldHashes);
    QFETCH(const int, mebibytesLeft);
    QFETCH(const QString, problem);
    QFETCH(const QString, algorithm);
    QFETCH(const QString, begins);
    QFETCH(const QString, page);
    QFETCH(const Tone, tone);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    FixFacts facts = goodFacts();
    facts.overview.counts->admins = admins;
    facts.overview.counts->oldHashes = oldHashes;
    facts.overview.diskLeft = qint64(mebibytesLeft) << 20;
    facts.overview.server.dataDirectory = u"/data"_s;
    if (!problem.isEmpty())
        facts.overview.server.problems = {{.code = problem, .detail = {}, .since = {}}};
    set(facts, u"passwords.algorithm"_s, algorithm);
    verify(facts, begins, page, tone);
}

void TestFixes::keys_areJudged_data()
{
    QTest::addColumn<int>("daysOld");
    QTest::addColumn<QString>("rotation");
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<bool>("standsBy");
    QTest::addColumn<QString>("begins");
    QTest::addColumn<Tone>("tone");
    const QString old = u"The same key has signed for "_s;
    QTest::newRow("rotated by themselves") << 89 << u"90d"_s << u"ES256"_s << true << QString() << Tone::Warning;
    QTest::newRow("never rotated, young") << 90 << u"0"_s << u"ES256"_s << true << QString() << Tone::Warning;
    QTest::newRow("never rotated, old") << 91 << u"0"_s << u"ES256"_s << true << old << Tone::Warning;
    QTest::newRow("rotated once in ten years, young") << 365 << u"3650d"_s << u"ES256"_s << true << QString() << Tone::Info;
    QTest::newRow("rotated once in ten years, old") << 366 << u"3650d"_s << u"ES256"_s << true << old << Tone::Info;
    QTest::newRow("none stands by") << 1 << u"90d"_s << u"ES256"_s << false << u"No key stands by."_s << Tone::Warning;
    QTest::newRow("none stands by, and nobody fetches it") << 1 << u"90d"_s << u"HS256"_s << false << QString() << Tone::Warning;
}

void TestFixes::keys_areJudged()
{
    QFETCH(const int, daysOld);
    QFETCH(const QString, rotation);
    QFETCH(const QString, algorithm);
    QFETCH(const bool, standsBy);
    QFETCH(const QString, begins);
    QFETCH(const Tone, tone);
    FixFacts facts = goodFacts();
    set(facts, u"keys.access_rotation"_s, rotation);
    facts.overview.signingKeySince = aDay - 24h * daysOld;
    for (KeyView &key : facts.keys)
        key.algorithm = algorithm;
    if (!standsBy)
        facts.keys.removeLast();
    verify(facts, begins, u"keys"_s, tone);
    facts.now = aDay - 24h * 200; // the clock was set back
    if (standsBy)
        verify(facts, {}, {});
}

void TestFixes::masterKey_isJudged_data()
{
    QTest::addColumn<int>("source");
    QTest::addColumn<bool>("couldBeInKeychain");
    QTest::addColumn<QStringList>("alsoAt");
    QTest::addColumn<QString>("begins");
    QTest::addColumn<Tone>("tone");
    const QString inFile = u"The master key lies in a file"_s;
    QTest::newRow("credential") << int(MasterKeySource::Credential) << false << QStringList() << QString() << Tone::Info;
    QTest::newRow("keychain") << int(MasterKeySource::Keychain) << false << QStringList() << QString() << Tone::Info;
    QTest::newRow("file of a service") << int(MasterKeySource::File) << false << QStringList() << QString() << Tone::Info;
    QTest::newRow("file on a desktop") << int(MasterKeySource::File) << true << QStringList() << inFile << Tone::Info;
    QTest::newRow("variable") << int(MasterKeySource::Environment) << false << QStringList()
                              << u"The master key is in an environment variable"_s << Tone::Warning;
    QTest::newRow("a second one") << int(MasterKeySource::Keychain) << false << QStringList {u"the file /data/old"_s}
                                  << u"A master key that is not used lies elsewhere, too."_s << Tone::Warning;
}

void TestFixes::masterKey_isJudged()
{
    QFETCH(const int, source);
    QFETCH(const bool, couldBeInKeychain);
    QFETCH(const QStringList, alsoAt);
    QFETCH(const QString, begins);
    QFETCH(const Tone, tone);
    FixFacts facts = goodFacts();
    facts.masterKey->source = MasterKeySource(source);
    facts.masterKey->couldBeInKeychain = couldBeInKeychain;
    facts.masterKey->alsoAt = alsoAt;
    verify(facts, begins, u"keys"_s, tone);
}

void TestFixes::advice_comesLast()
{
    FixFacts facts = goodFacts();
    facts.overview.counts->admins = 1;
    facts.overview.counts->bareAdmins = 1;
    facts.overview.backupOverdue = true;
    set(facts, u"passwords.breach_check"_s, u"off"_s);
    set(facts, u"rate_limit.login_backoff"_s, u"false"_s);
    QList<Tone> tones;
    for (const Fix &fix : Fixes::of(facts))
        tones += fix.tone;
    QCOMPARE(tones, (QList {Tone::Warning, Tone::Warning, Tone::Warning, Tone::Info, Tone::Info}));
}

/// All at once, as far as they go together.
void TestFixes::everyFix_hasAButton()
{
    FixFacts facts = goodFacts();
    facts.overview.counts->admins = 1;
    facts.overview.counts->bareAdmins = 1;
    facts.overview.counts->oldHashes = 3;
    facts.overview.backupOverdue = true;
    facts.overview.diskLeft = 1;
    facts.overview.signingKeySince = aDay - 24h * 400;
    facts.passkeyHosts = {{.rpId = u"old.example"_s, .passkeys = 3, .users = 2}};
    facts.keys.removeLast();
    facts.masterKey->source = MasterKeySource::Environment;
    facts.masterKey->alsoAt = {u"the file /data/old"_s};
    facts.settings += heldSetting(u"http.cookies_insecure"_s, u"true"_s);
    for (const auto &[key, value] : {std::pair {u"http.listen"_s, u"0.0.0.0:8000"_s}, std::pair {u"http.trusted_proxies"_s, u"0.0.0.0/0"_s},
                                     std::pair {u"rate_limit.enabled"_s, u"false"_s}, std::pair {u"tokens.issuer"_s, QString()},
                                     std::pair {u"passwords.min_guesses"_s, u"0"_s}, std::pair {u"passwords.breach_check"_s, u"off"_s},
                                     std::pair {u"accounts.magic_link"_s, u"true"_s}, std::pair {u"mail.transport"_s, u"off"_s},
                                     std::pair {u"keys.access_rotation"_s, u"0"_s}, std::pair {u"audit.keep"_s, u"0"_s}})
        set(facts, key, value);
    const QList<Fix> fixes = Fixes::of(facts);
    QCOMPARE(fixes.size(), 18);
    facts.overview.counts.reset(); // the database cannot be read
    for (const Fix &fix : fixes + Fixes::of(facts))
        QVERIFY2(!fix.action.isEmpty() && !fix.page.isEmpty(), qPrintable(fix.text));
}

void TestFixes::place_isReachedFrom_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<bool>("isPublic");
    QTest::addColumn<bool>("isLocal");
    QTest::newRow("this machine") << u"127.0.0.1:8000"_s << false << true;
    QTest::newRow("this machine, IPv6") << u"[::1]:8000"_s << false << true;
    QTest::newRow("this machine, by name") << u"localhost:8000"_s << false << true;
    QTest::newRow("a socket") << u"unix:/run/warder/warder.sock"_s << false << true;
    QTest::newRow("one's own network") << u"192.168.1.7:8000"_s << false << false;
    QTest::newRow("all addresses") << u"0.0.0.0:8000"_s << true << false;
    QTest::newRow("all addresses, IPv6") << u"[::]:8000"_s << true << false;
    QTest::newRow("a public address") << u"192.0.43.8:8000"_s << true << false;
}

void TestFixes::place_isReachedFrom()
{
    QFETCH(const QString, place);
    QFETCH(const bool, isPublic);
    QFETCH(const bool, isLocal);
    QCOMPARE(reach::isPublic(place), isPublic);
    QCOMPARE(reach::isLocal(place), isLocal);
}

QTEST_MAIN(TestFixes)
#include "TestFixes.moc"
