#include "app/cli/ExitCode.h"
#include "core/crypto/CryptoLibraries.h"
#include "tests/app/CommandTest.h"
#include "tests/app/WarderProcess.h"
#include "tests/support/Certificates.h"
#include "tests/support/ProviderWalk.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

const QByteArray hush = "hush-4f1c";
const QStringList allowing {u"--set"_s, u"oauth.allow_private=true"_s};

} // namespace

/// Providers at the command line, on the database alone and through the server that holds it.
class TestProviderCommands : public CommandTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void add_tellsWhatToRegister();
    void add_readsItsSecretFromStdin_data();
    void add_readsItsSecretFromStdin();
    void add_ofApple_takesAFile();
    void add_isJudged_data();
    void add_isJudged();
    void add_makesTheUsualCallback();
    void list_tellsTheSameInBothForms();
    void edit_changesWhatIsSaid();
    void edit_mustSayWhat();
    void test_saysWhatIsWrong();
    void remove_asksFirst();
    void unknown_isRefused();
    void user_isShownWithIdentities();
    void secret_isNowhereInClear();

private:
    ProgramAnswer run(const QStringList &words, const QByteArray &input = {}) const { return m_warder->commandHere(words, input); }
    ProgramAnswer add(const QStringList &more = {}, const QByteArray &secret = LyingProvider::secret) const
    {
        return run(QStringList {u"provider"_s, u"add"_s, u"oidc"_s, u"--name"_s, u"example"_s, u"--issuer"_s, m_provider->issuer(),
                                u"--client-id"_s, LyingProvider::clientId, u"--callback"_s, LyingProvider::callback, u"--secret-stdin"_s}
                       + more,
                   secret + '\n');
    }
    void removeAll() const;
    void serve();

    const CryptoLibraries m_libraries; ///< The provider is in this process.
    SystemClock m_clock;
    std::unique_ptr<LyingProvider> m_provider;
};

void TestProviderCommands::init()
{
    QFETCH_GLOBAL(const bool, served);
    m_provider = std::make_unique<LyingProvider>(m_clock);
    if (m_kept.take(m_folder, m_warder))
        return;
    m_folder = std::make_unique<QTemporaryDir>();
    m_warder = std::make_unique<WarderProcess>(m_folder->filePath(u"data"_s));
    if (served)
        serve();
}

void TestProviderCommands::serve() { QVERIFY2(m_warder->isRunning() || m_warder->start(quickSettings() + allowing), m_warder->log()); }

/// Where a server runs, it goes on without the providers of this function.
void TestProviderCommands::cleanup()
{
    QFETCH_GLOBAL(const bool, served);
    m_provider.reset();
    if (served && !isFunction({"user_isShownWithIdentities", "secret_isNowhereInClear"})) {
        removeAll();
        if (m_kept.keep(m_folder, m_warder))
            return;
    }
    end();
}

void TestProviderCommands::removeAll() const
{
    const QJsonArray left = run({u"provider"_s, u"list"_s, u"--json"_s}).array();
    for (const QJsonValue provider : left)
        QCOMPARE(run({u"provider"_s, u"remove"_s, provider["name"_L1].toString(), u"--yes"_s}).code, Done);
}

void TestProviderCommands::add_tellsWhatToRegister()
{
    const auto added = add({u"--label"_s, u"Our house"_s, u"--callback"_s, u"https://app.example/back"_s});
    QVERIFY2(added.code == Done, added.err);
    for (const QByteArray &part : {"name          example"_ba, "kind          oidc"_ba, "label         Our house"_ba,
                                   "state         enabled"_ba, "redirect URI  " + LyingProvider::callback.toUtf8(),
                                   "redirect URI  https://app.example/back"_ba, "trust e-mail  no"_ba, "warderd provider test example"_ba})
        QVERIFY2(added.out.contains(part), added.out + "lacks " + part);
    QVERIFY(!added.out.contains(LyingProvider::secret));
    const auto shown = run({u"provider"_s, u"show"_s, u"example"_s});
    QCOMPARE(shown.code, Done);
    QVERIFY(added.out.startsWith(shown.out));
    QCOMPARE(add().code, Refused); // the name is taken
}

void TestProviderCommands::add_readsItsSecretFromStdin_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QString>("complaint"); // empty: it is right
    QTest::newRow("a line") << "hush\n"_ba << QString();
    QTest::newRow("a line of Windows") << "hush\r\n"_ba << QString();
    QTest::newRow("without an end") << "hush"_ba << QString();
    QTest::newRow("nothing") << QByteArray() << u"warderd: no secret was given"_s;
    QTest::newRow("no UTF-8") << "\xff\n"_ba << u"warderd: the secret is not UTF-8"_s;
    QTest::newRow("two lines") << "hush\nhush\n"_ba << u"warderd: the client secret is 1 to 1024 printable characters"_s;
    QTest::newRow("too much") << QByteArray(20'000, 'x') << u"warderd: that is more than 16 KiB, and no secret"_s;
}

void TestProviderCommands::add_readsItsSecretFromStdin()
{
    QFETCH(const QByteArray, typed);
    QFETCH(const QString, complaint);
    const auto added = run({u"provider"_s, u"add"_s, u"github"_s, u"--client-id"_s, u"id"_s, u"--callback"_s, u"https://app.example/back"_s,
                            u"--secret-stdin"_s},
                           typed);
    QCOMPARE(added.complaint(), complaint);
    QCOMPARE(added.code, complaint.isEmpty() ? Done : Refused);
}

void TestProviderCommands::add_ofApple_takesAFile()
{
    const QStringList words {u"provider"_s,
                             u"add"_s,
                             u"apple"_s,
                             u"--client-id"_s,
                             u"com.example.app"_s,
                             u"--team"_s,
                             u"ABCDE12345"_s,
                             u"--key-id"_s,
                             u"12345ABCDE"_s,
                             u"--callback"_s,
                             u"https://auth.example/oauth/callback/apple"_s};
    QCOMPARE(run(words).complaint(), u"warderd: a private key has several lines: give its file with --secret-stdin <AuthKey_….p8"_s);
    const auto added = m_warder->command(words + QStringList {u"--secret-stdin"_s}, makeCertificate().key); // a secret through a pipe
    QVERIFY2(added.code == Done, added.err);
    QVERIFY(added.out.contains("team          ABCDE12345") && added.out.contains("trust e-mail  yes"));
    QVERIFY(!added.out.contains("PRIVATE"));
}

void TestProviderCommands::add_isJudged_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const QStringList right {u"--client-id"_s, u"id"_s, u"--callback"_s, u"https://app.example/back"_s, u"--secret-stdin"_s};
    QTest::newRow("no such kind") << QStringList {u"facebook"_s} + right << int(Refused) << u"no kind of provider named facebook"_s;
    QTest::newRow("no issuer") << QStringList {u"oidc"_s} + right << int(Refused) << u"the issuer is"_s;
    QTest::newRow("no tenant") << QStringList {u"microsoft"_s} + right << int(Refused) << u"the tenant is"_s;
    QTest::newRow("no client id") << QStringList {u"google"_s, u"--secret-stdin"_s} << int(Refused) << u"the client id is"_s;
    QTest::newRow("trust of a kind that has none")
        << QStringList {u"microsoft"_s, u"--tenant"_s, u"common"_s, u"--trust-email"_s, u"yes"_s} + right << int(Refused)
        << u"never trusted"_s;
    QTest::newRow("trust, maybe") << QStringList {u"google"_s, u"--trust-email"_s, u"maybe"_s} + right << int(WrongUsage)
                                  << u"--trust-email takes yes or no"_s;
    QTest::newRow("no kind") << QStringList() << int(WrongUsage) << u"provider add takes: KIND"_s;
    QTest::newRow("the secret in the open") << QStringList {u"google"_s, u"--secret"_s, u"x"_s} << int(WrongUsage)
                                            << u"did you mean `--secret-stdin`?"_s;
}

void TestProviderCommands::add_isJudged()
{
    QFETCH(const QStringList, words);
    QFETCH(const QString, says);
    const auto added = run(QStringList {u"provider"_s, u"add"_s} + words, hush);
    QTEST(added.code, "code");
    QVERIFY2(added.complaint().contains(says), added.err);
    QVERIFY(!added.err.contains(hush));
}

/// That of the Next.js package, for who says no other.
void TestProviderCommands::add_makesTheUsualCallback()
{
    QFETCH_GLOBAL(const bool, served);
    const QStringList words {u"provider"_s, u"add"_s, u"google"_s, u"--client-id"_s, u"id"_s, u"--secret-stdin"_s};
    // The running server's first allowed origin, or what is said.
    const QStringList site = served ? QStringList() : QStringList {u"--set"_s, u"oauth.frontend=https://app.example"_s};
    const auto added = run(words + site, hush);
    const QByteArray callback = QByteArray(served ? "http://localhost:3000" : "https://app.example") + "/api/auth/oauth/google/callback";
    QVERIFY2(added.out.contains("redirect URI  " + callback), added.out + added.err);
}

void TestProviderCommands::list_tellsTheSameInBothForms()
{
    QCOMPARE(run({u"provider"_s, u"list"_s}).out, m_warder->isRunning() ? "No providers.\n"_ba : QByteArray());
    QCOMPARE(add().code, Done);
    const QJsonArray all = run({u"provider"_s, u"list"_s, u"--json"_s}).array();
    QCOMPARE(all.size(), 1);
    QCOMPARE(all.first()["name"_L1], u"example"_s);
    QCOMPARE(all.first()["client_id"_L1], QString(LyingProvider::clientId));
    QCOMPARE(all.first()["callbacks"_L1].toArray(), QJsonArray {LyingProvider::callback});
    QCOMPARE(all.first()["sign_ins"_L1], 0);
    QVERIFY(!all.first().toObject().contains("secret"_L1));
    const auto table = m_warder->command({u"provider"_s, u"list"_s}); // by the program itself
    QVERIFY2(table.out.startsWith("NAME") && table.out.contains("example") && table.out.contains(m_provider->issuer().toUtf8()), table.out);
}

void TestProviderCommands::edit_changesWhatIsSaid()
{
    QCOMPARE(add().code, Done);
    const auto edited =
        run({u"provider"_s, u"edit"_s, u"example"_s, u"--label"_s, u"Other"_s, u"--disable"_s, u"--trust-email"_s, u"yes"_s, u"--json"_s});
    QVERIFY2(edited.code == Done, edited.err);
    QCOMPARE(edited["label"_L1], u"Other"_s);
    QCOMPARE(edited["enabled"_L1], false);
    QCOMPARE(edited["trust_email"_L1], true);
    QCOMPARE(edited["scopes"_L1].toArray(), (QJsonArray {u"openid"_s, u"email"_s, u"profile"_s}));
    const auto renewed = run({u"provider"_s, u"edit"_s, u"example"_s, u"--enable"_s, u"--secret-stdin"_s, u"--json"_s}, "new secret\n");
    QVERIFY2(renewed.code == Done, renewed.err);
    QCOMPARE(renewed["enabled"_L1], true);
}

void TestProviderCommands::edit_mustSayWhat()
{
    QCOMPARE(add().code, Done);
    const auto edit = [this](const QStringList &more) { return run(QStringList {u"provider"_s, u"edit"_s, u"example"_s} + more); };
    QCOMPARE(edit({}).code, WrongUsage);
    QVERIFY(edit({}).complaint().startsWith(u"warderd: say what to change: --label, "_s));
    QCOMPARE(edit({u"--enable"_s, u"--disable"_s}).complaint(), u"warderd: either --enable or --disable"_s);
    QVERIFY(edit({u"--issuer"_s, u"https://other.example"_s}).complaint().startsWith(u"warderd: provider edit has no option --issuer"_s));
    QCOMPARE(edit({u"--new-secret"_s}).complaint(), u"warderd: no terminal to ask for the client secret: pipe it in with --secret-stdin"_s);
}

void TestProviderCommands::test_saysWhatIsWrong()
{
    QCOMPARE(add().code, Done);
    const QStringList words = QStringList {u"provider"_s, u"test"_s, u"example"_s} + (m_warder->isRunning() ? QStringList() : allowing);
    const auto good = run(words);
    QVERIFY2(good.code == Done, good.out + good.err);
    QVERIFY2(good.out.contains("it knows the client"), good.out);
    QCOMPARE(run({u"provider"_s, u"edit"_s, u"example"_s, u"--secret-stdin"_s}, "wrong\n").code, Done);
    const auto bad = run(words);
    QCOMPARE(bad.code, Refused);
    QVERIFY2(bad.out.contains("the secret is not its"), bad.out);
    const QJsonArray steps = run(words + QStringList {u"--json"_s}).array();
    QCOMPARE(steps.last()["outcome"_L1], u"bad"_s);
    if (m_warder->isRunning())
        return;
    const auto refused = run({u"provider"_s, u"test"_s, u"example"_s}); // without oauth.allow_private
    QCOMPARE(refused.code, Refused);
    QVERIFY2(refused.out.contains("which is no address of the internet"), refused.out);
}

void TestProviderCommands::remove_asksFirst()
{
    QCOMPARE(add().code, Done);
    const auto asked = run({u"provider"_s, u"remove"_s, u"example"_s}, "n\n");
    QCOMPARE(asked.code, Refused);
    QVERIFY2(asked.err.contains("Remove example with 0 identities?") && asked.err.contains("--disable"), asked.err);
    const auto removed = run({u"provider"_s, u"remove"_s, u"example"_s, u"--yes"_s});
    QCOMPARE(removed.code, Done);
    QCOMPARE(removed.out, "example is removed, and 0 identities with it.\n"_ba);
    QCOMPARE(run({u"provider"_s, u"show"_s, u"example"_s}).complaint(), u"warderd: no provider is named example"_s);
}

void TestProviderCommands::unknown_isRefused()
{
    QCOMPARE(add().code, Done);
    for (const QStringList &words :
         {QStringList {u"show"_s, u"nobody"_s}, QStringList {u"test"_s, u"nobody"_s}, QStringList {u"remove"_s, u"nobody"_s, u"--yes"_s},
          QStringList {u"edit"_s, u"nobody"_s, u"--disable"_s}}) {
        const auto answer = run(QStringList {u"provider"_s} + words);
        QCOMPARE(answer.code, Refused);
        QCOMPARE(answer.complaint(), u"warderd: no provider is named nobody"_s);
    }
}

void TestProviderCommands::user_isShownWithIdentities()
{
    QCOMPARE(add({u"--trust-email"_s, u"yes"_s}).code, Done);
    serve();
    const auto started = m_warder->client().post("/oauth/start/example", {});
    const auto pair = m_warder->client().post("/oauth/finish/example", broughtBack(*m_provider, started));
    QCOMPARE(pair.status(), 200);
    const auto shown = run({u"user"_s, u"show"_s, u"ann@example.com"_s});
    QVERIFY2(shown.out.contains("providers") && shown.out.contains("example (ann@example.com, since "), shown.out + shown.err);
    const auto json = run({u"user"_s, u"show"_s, u"ann@example.com"_s, u"--json"_s});
    QCOMPARE(json["identities"_L1][0]["subject"_L1], u"u1"_s);
    const auto asked = run({u"provider"_s, u"remove"_s, u"example"_s}, "n\n");
    QVERIFY2(asked.err.contains("with 1 identity? 1 account has no other way to sign in."), asked.err);
}

void TestProviderCommands::secret_isNowhereInClear()
{
    const auto added = m_warder->command({u"provider"_s, u"add"_s, u"google"_s, u"--client-id"_s, u"id"_s, u"--callback"_s,
                                          u"https://app.example/back"_s, u"--secret-stdin"_s},
                                         hush);
    QCOMPARE(added.code, Done);
    QVERIFY(!added.out.contains(hush) && !added.err.contains(hush)); // its log is among these
    if (m_warder->isRunning())
        QCOMPARE(m_warder->stop(), Done);
    int files = 0;
    for (const QFileInfo &file : QDir(m_folder->filePath(u"data"_s)).entryInfoList(QDir::Files | QDir::Hidden)) {
        QFile opened(file.filePath());
        QVERIFY(opened.open(QIODevice::ReadOnly));
        QVERIFY2(!opened.readAll().contains(hush), qPrintable(file.fileName()));
        ++files;
    }
    QVERIFY(files > 1);
    QVERIFY(!m_warder->log().contains(hush));
}

QTEST_GUILESS_MAIN(TestProviderCommands)
#include "TestProviderCommands.moc"
