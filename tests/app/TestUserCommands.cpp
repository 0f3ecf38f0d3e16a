#include "app/cli/ExitCode.h"
#include "tests/app/CommandTest.h"
#include "tests/app/WarderProcess.h"
#include "tests/support/AuthenticatorApp.h"

#include <QMap>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

const QByteArray asTyped = annsPassword.toUtf8();

} // namespace

/// Every command on accounts, on the database alone and through the server that holds it.
class TestUserCommands : public CommandTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void add_makesAnAccountThatSignsIn();
    void add_takesAHashFromElsewhere();
    void add_readsAPasswordThatComesInPieces();
    void add_takesALineAsItsEnds();
    void edit_changesWhatIsGiven();
    void edit_reachesMeAtOnce_andTokensAtTheirRefresh();
    void edit_isRefused_data();
    void edit_isRefused();
    void add_isRefused_data();
    void add_isRefused();
    void add_manyAtOnce_makesAll();
    void add_thatWaitsForThePassword_holdsNobodyUp();
    void invite_makesAnAccountWithoutAPassword();
    void list_findsByText();
    void list_ofNobody_saysSo();
    void show_tellsTheSameInBothForms();
    void show_findsByIdAndEmail();
    void disable_endsSessionsAtOnce();
    void setPassword_endsSessionsAtOnce();
    void resetMfa_letsThePasswordSignInAlone();
    void resetMfa_asksFirst();
    void delete_endsSessionsAtOnce_andCanBeTakenBack();
    void deleteNow_isForGood();
    void delete_asksFirst();
    void setPassword_toBeChanged();
    void strangers_areNotFound();

private:
    ProgramAnswer run(const QStringList &words, const QByteArray &input = {}) const { return m_warder->commandHere(words, input); }
    ProgramAnswer add(const QString &email, const QStringList &more = {}) const
    {
        return run(QStringList {u"user"_s, u"add"_s, email, u"--password-stdin"_s, u"--json"_s} + more, asTyped + '\n');
    }
    void removeAll() const;
    void beSomewhere();
    void serve();
    void back();
    ClientResponse login(const QByteArray &with, const QString &email = ann);
    /// With an app from now on; the pair of before.
    ClientResponse secured();
    int statusOfMe(const ClientResponse &pair) const { return m_warder->client().get("/me", {bearer(pair["access_token"_L1])}).status(); }
};

void TestUserCommands::init()
{
    QFETCH_GLOBAL(bool, served);
    if (m_kept.take(m_folder, m_warder))
        return;
    m_folder = std::make_unique<QTemporaryDir>();
    m_warder = std::make_unique<WarderProcess>(m_folder->filePath(u"data"_s));
    if (served)
        QVERIFY2(m_warder->start(), m_warder->log());
}

/// Where a server runs, it goes on without the accounts of this function.
void TestUserCommands::cleanup()
{
    QFETCH_GLOBAL(bool, served);
    QVERIFY(!m_warder->log().contains(asTyped));
    if (served && !QTest::currentTestFailed()) {
        removeAll();
        if (m_kept.keep(m_folder, m_warder))
            return;
    }
    if (m_warder->isRunning())
        QCOMPARE(m_warder->stop(), Done); // sanitizers have the last word here
    QVERIFY(!m_warder->log().contains(asTyped));
    m_warder.reset();
}

void TestUserCommands::removeAll() const
{
    for (const QStringList &which : {QStringList {}, QStringList {u"--deleted"_s}}) {
        const QJsonArray left = run(QStringList {u"user"_s, u"list"_s, u"--json"_s} + which).array();
        for (const QJsonValue user : left)
            QCOMPARE(run({u"user"_s, u"delete"_s, user["id"_L1].toString(), u"--now"_s, u"--yes"_s}).code, Done);
    }
}

/// Who only looks needs something that is there.
void TestUserCommands::beSomewhere() { QVERIFY(m_warder->isRunning() || m_warder->makeData()); }

/// A server to ask, whichever way commands go.
void TestUserCommands::serve()
{
    if (!m_warder->isRunning())
        QVERIFY2(m_warder->start(), m_warder->log());
}

/// Back to the way this run is about.
void TestUserCommands::back()
{
    QFETCH_GLOBAL(bool, served);
    if (!served)
        m_warder->kill();
}

ClientResponse TestUserCommands::login(const QByteArray &with, const QString &email)
{
    serve();
    return m_warder->client().post("/login", {{u"email"_s, email}, {u"password"_s, QString::fromUtf8(with)}});
}

ClientResponse TestUserCommands::secured()
{
    const auto pair = login(asTyped);
    const SetUp phone = setUpTotpOver(m_warder->client(), pair["access_token"_L1], SystemClock().now());
    return phone.recoveryCodes.size() == 10 ? pair : ClientResponse();
}

void TestUserCommands::add_makesAnAccountThatSignsIn()
{
    const auto made = m_warder->command({u"user"_s, u"add"_s, ann, u"--password-stdin"_s, u"--json"_s, u"--name"_s, u"Ann"_s, u"--role"_s,
                                         u"admin"_s, u"--role"_s, u"editor"_s},
                                        asTyped + '\n'); // by the program itself
    QCOMPARE(made.complaint(), QString());
    QCOMPARE(made.code, Done);
    QCOMPARE(made["email"_L1], ann);
    QCOMPARE(made["name"_L1], u"Ann"_s);
    QCOMPARE(made["roles"_L1].toArray(), QJsonArray({u"admin"_s, u"editor"_s}));
    QVERIFY(!made.out.contains(asTyped));

    const auto pair = login(asTyped);
    QCOMPARE(pair.status(), 200);
    QCOMPARE(m_warder->client().get("/me", {bearer(pair["access_token"_L1])})["id"_L1], made["id"_L1]);
}

void TestUserCommands::add_takesAHashFromElsewhere()
{
    const QByteArray hashed = "$2b$04$abcdefghijklmnopqrstuuuEuR5VSzR9Uv8i7Mz6d5AIdBAqhJXuS"; // of nothing anybody knows
    const auto made = run({u"user"_s, u"add"_s, ann, u"--password-hash-stdin"_s, u"--json"_s}, hashed + '\n');
    QCOMPARE(made.complaint(), QString());
    QCOMPARE(made.code, Done);
    QCOMPARE(made["password_scheme"_L1], u"bcrypt"_s);
    QCOMPARE(login(asTyped).status(), 401);
}

void TestUserCommands::add_readsAPasswordThatComesInPieces()
{
    QProcess pipe; // the shell's line comes in two writes
    pipe.start(u"/bin/sh"_s,
               {u"-c"_s, u"(printf 'correct horse'; printf ' battery\\nignored') | \"$@\""_s, u"sh"_s, WarderProcess::program(), u"user"_s,
                u"add"_s, ann, u"--password-stdin"_s, u"--data-dir"_s, m_folder->filePath(u"data"_s)});
    QVERIFY(pipe.waitForFinished());
    QCOMPARE(pipe.exitCode(), Done);
    QCOMPARE(login(asTyped).status(), 200);
}

void TestUserCommands::add_takesALineAsItsEnds()
{
    const QByteArray hash = "$2b$04$abcdefghijklmnopqrstuuqREtd3VJD2QVZbuFskFSLk6eRIrQoOS"; // of the password
    const QString word = u"--password-stdin"_s;
    const QString hashed = u"--password-hash-stdin"_s;
    const QMap<QString, std::pair<QString, QByteArray>> lines {
        {u"lf@example.com"_s, {word, asTyped + "\n"}},
        {u"windows@example.com"_s, {word, asTyped + "\r\n"}},
        {u"old-macintosh@example.com"_s, {word, asTyped + "\r"}},
        {u"no-end@example.com"_s, {word, asTyped}},
        {u"byte-order-mark@example.com"_s, {word, "\xef\xbb\xbf" + asTyped + "\r\n"}},
        {u"hash-of-windows@example.com"_s, {hashed, hash + "\r\n"}},
        {u"hash-between-blanks@example.com"_s, {hashed, "  " + hash + " \t\n"}},
        {u"hash-byte-order-mark@example.com"_s, {hashed, "\xef\xbb\xbf" + hash}},
    };
    for (const auto &[email, line] : lines.asKeyValueRange()) {
        const auto made = run({u"user"_s, u"add"_s, email, line.first}, line.second);
        QVERIFY2(made.code == Done, qPrintable(email + made.complaint()));
    }
    for (const auto &[email, line] : lines.asKeyValueRange()) {
        QVERIFY2(login(asTyped, email).status() == 200, qPrintable(email));
        QVERIFY2(login(asTyped + '\r', email).status() == 401, qPrintable(email));
    }
    back();
    QCOMPARE(run({u"user"_s, u"set-password"_s, lines.firstKey(), u"--password-stdin"_s}, "another horse\r\n").code, Done);
    QCOMPARE(login("another horse", lines.firstKey()).status(), 200);
}

void TestUserCommands::edit_changesWhatIsGiven()
{
    const QString id = add(ann, {u"--name"_s, u"Ann"_s, u"--role"_s, u"editor"_s})["id"_L1].toString();
    const auto edit = [this](const QString &who, const QStringList &what) {
        return run(QStringList {u"user"_s, u"edit"_s, who, u"--json"_s} + what);
    };
    QCOMPARE(edit(ann, {u"--add-role"_s, u"admin"_s})["roles"_L1].toArray(), QJsonArray({u"editor"_s, u"admin"_s}));
    QCOMPARE(edit(id, {u"--remove-role"_s, u"editor"_s, u"--name"_s, u"Bea"_s})["roles"_L1].toArray(), QJsonArray({u"admin"_s}));
    QCOMPARE(edit(ann, {u"--role"_s, u"a"_s, u"--role"_s, u"b"_s})["roles"_L1].toArray(), QJsonArray({u"a"_s, u"b"_s}));
    QCOMPARE(edit(ann, {u"--role"_s, QString()})["roles"_L1].toArray(), QJsonArray());
    const auto moved = edit(ann, {u"--email"_s, u"bea@example.com"_s});
    QCOMPARE(moved["email"_L1], u"bea@example.com"_s);
    QCOMPARE(moved["name"_L1], u"Bea"_s);
    QCOMPARE(moved["id"_L1], id);
    QVERIFY(run({u"user"_s, u"edit"_s, u"bea@example.com"_s, u"--add-role"_s, u"admin"_s}).out.simplified().contains("roles admin"));
    QCOMPARE(run({u"user"_s, u"show"_s, ann}).code, Refused);
    QCOMPARE(login(asTyped).status(), 401);
}

void TestUserCommands::edit_reachesMeAtOnce_andTokensAtTheirRefresh()
{
    QCOMPARE(add(ann).code, Done);
    const auto pair = login(asTyped);
    QCOMPARE(statusOfMe(pair), 200);
    back();
    QCOMPARE(run({u"user"_s, u"edit"_s, ann, u"--add-role"_s, u"admin"_s}).code, Done);
    serve();
    const auto rolesIn = [](const ClientResponse &tokens) {
        return QJsonDocument::fromJson(QByteArray::fromBase64(tokens["access_token"_L1].toString().section(u'.', 1, 1).toLatin1(),
                                                              QByteArray::Base64UrlEncoding))["roles"_L1]
            .toArray();
    };
    QCOMPARE(m_warder->client().get("/me", {bearer(pair["access_token"_L1])})["roles"_L1].toArray(), QJsonArray({u"admin"_s}));
    QCOMPARE(rolesIn(pair), QJsonArray());
    QCOMPARE(rolesIn(m_warder->client().post("/refresh", {{u"refresh_token"_s, pair["refresh_token"_L1]}})), QJsonArray({u"admin"_s}));
}

void TestUserCommands::edit_isRefused_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("nothing to change") << QStringList {ann} << int(WrongUsage)
                                       << u"say what to change: --name, --email, --role, --add-role or --remove-role"_s;
    QTest::newRow("nobody") << QStringList {u"nobody@example.com"_s, u"--name"_s, u"X"_s} << int(Refused)
                            << u"no user nobody@example.com"_s;
    QTest::newRow("an empty text for whom") << QStringList {QString(), u"--name"_s, u"X"_s} << int(WrongUsage)
                                            << u"user edit takes: EMAIL|ID, not an empty text"_s;
    QTest::newRow("no address") << QStringList {ann, u"--email"_s, u"bea"_s} << int(Refused) << u"email: "_s;
    QTest::newRow("an empty address") << QStringList {ann, u"--email"_s, QString()} << int(Refused) << u"email: "_s;
    QTest::newRow("another's address") << QStringList {ann, u"--email"_s, u"BOB@example.com"_s} << int(Refused) << u"taken"_s;
    QTest::newRow("no role") << QStringList {ann, u"--add-role"_s, u"a b"_s} << int(Refused) << u"roles: "_s;
    QTest::newRow("roles in one") << QStringList {ann, u"--role"_s, u"admin,ops"_s} << int(Refused) << u"roles: "_s;
    QTest::newRow("two names") << QStringList {ann, u"--name"_s, u"X"_s, u"--name"_s, u"Y"_s} << int(WrongUsage)
                               << u"--name is given twice"_s;
}

void TestUserCommands::edit_isRefused()
{
    QFETCH(const QStringList, words);
    QFETCH(const int, code);
    QFETCH(const QString, complaint);
    QCOMPARE(add(ann, {u"--name"_s, u"Ann"_s, u"--role"_s, u"editor"_s}).code, Done);
    QCOMPARE(add(u"bob@example.com"_s).code, Done);
    const QByteArray before = run({u"user"_s, u"show"_s, ann}).out;
    const auto answer = run(QStringList {u"user"_s, u"edit"_s} + words);
    QVERIFY2(answer.complaint().contains(complaint), answer.err);
    QCOMPARE(answer.code, code);
    QCOMPARE(answer.out, QByteArray());
    QCOMPARE(run({u"user"_s, u"show"_s, ann}).out, before);
}

void TestUserCommands::add_isRefused_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("complaint");
    const QString stdin_ = u"--password-stdin"_s;
    QTest::newRow("password too short") << QStringList {u"new@example.com"_s, stdin_} << QByteArray("short\n") << int(Refused)
                                        << u"password: String should have at least 8 characters"_s;
    QTest::newRow("address taken, spelled otherwise")
        << QStringList {u"ANN@Example.COM"_s, stdin_} << (asTyped + '\n') << int(Refused) << u"is taken"_s;
    QTest::newRow("not an address") << QStringList {u"ann"_s, stdin_} << (asTyped + '\n') << int(Refused) << u"email: "_s;
    QTest::newRow("nothing on stdin") << QStringList {u"new@example.com"_s, stdin_} << QByteArray() << int(Refused)
                                      << u"no password was given"_s;
    QTest::newRow("an empty line") << QStringList {u"new@example.com"_s, stdin_} << QByteArray("\n") << int(Refused)
                                   << u"no password was given"_s;
    QTest::newRow("not UTF-8") << QStringList {u"new@example.com"_s, stdin_} << QByteArray("correct horse \xff\n") << int(Refused)
                               << u"not UTF-8"_s;
    QTest::newRow("no terminal and no option") << QStringList {u"new@example.com"_s} << (asTyped + '\n') << int(Refused)
                                               << u"--password-stdin"_s;
    QTest::newRow("not a hash") << QStringList {u"new@example.com"_s, u"--password-hash-stdin"_s} << QByteArray("$9$abc\n") << int(Refused)
                                << u"hash"_s;
    QTest::newRow("password and hash") << QStringList {u"new@example.com"_s, u"--password-hash-stdin"_s, stdin_} << QByteArray("x\n")
                                       << int(WrongUsage) << u"not both"_s;
}

void TestUserCommands::add_isRefused()
{
    QFETCH(const QStringList, words);
    QFETCH(const QByteArray, input);
    QFETCH(const int, code);
    QFETCH(const QString, complaint);
    QCOMPARE(add(ann).code, Done);
    const auto answer = run(QStringList {u"user"_s, u"add"_s} + words, input);
    QVERIFY2(answer.complaint().contains(complaint), answer.err);
    QCOMPARE(answer.code, code);
    QCOMPARE(answer.out, QByteArray());
    QVERIFY(input.trimmed().isEmpty() || !answer.err.contains(input.trimmed()));
    QCOMPARE(run({u"user"_s, u"list"_s, u"--json"_s}).array().size(), 1);
}

void TestUserCommands::add_manyAtOnce_makesAll()
{
    constexpr int many = 8;
    QList<QStringList> lines;
    for (int i = 0; i < many; ++i)
        lines +=
            {u"user"_s, u"add"_s, u"user%1@example.com"_s.arg(i), u"--password-stdin"_s, u"--data-dir"_s, m_folder->filePath(u"data"_s)};
    const QList<ProgramAnswer> answers = runTogether(lines, {.input = asTyped + '\n'});
    for (const ProgramAnswer &answer : answers)
        QVERIFY2(answer.code == Done, answer.err);
    QCOMPARE(run({u"user"_s, u"list"_s, u"--json"_s}).array().size(), many);
}

void TestUserCommands::add_thatWaitsForThePassword_holdsNobodyUp()
{
    QProcess thinking;
    thinking.setStandardErrorFile(QProcess::nullDevice());
    thinking.start(WarderProcess::program(),
                   {u"user"_s, u"add"_s, u"bob@example.com"_s, u"--password-stdin"_s, u"--data-dir"_s, m_folder->filePath(u"data"_s)});
    QVERIFY(thinking.waitForStarted());
    QCOMPARE(add(ann).code, Done);
    thinking.write(asTyped + '\n');
    thinking.closeWriteChannel();
    QVERIFY(thinking.waitForFinished());
    QCOMPARE(thinking.exitCode(), Done);
    QCOMPARE(run({u"user"_s, u"list"_s, u"--json"_s}).array().size(), 2);
}

void TestUserCommands::invite_makesAnAccountWithoutAPassword()
{
    const auto invite = [this](const QString &email, const QStringList &more = {}) {
        return run(QStringList {u"user"_s, u"invite"_s, email, u"--json"_s} + more);
    };
    const auto invited = invite(ann, {u"--name"_s, u"Ann"_s, u"--role"_s, u"editor"_s});
    QCOMPARE(invited.complaint(), QString());
    QCOMPARE(invited.code, Done);
    QVERIFY(!invited["invited_at"_L1].toString().isEmpty());
    QCOMPARE(invited["password_scheme"_L1], QString());
    QCOMPARE(invited["roles"_L1].toArray(), QJsonArray {u"editor"_s});
    QVERIFY(run({u"user"_s, u"list"_s}).out.contains("invited"));
    QVERIFY(run({u"user"_s, u"show"_s, ann}).out.contains("state               invited, 20"));
    QCOMPARE(invite(ann)["id"_L1], invited["id"_L1]); // the mail again
    QCOMPARE(add(u"bob@example.com"_s).code, Done);
    QCOMPARE(invite(u"bob@example.com"_s).code, Refused);
    QCOMPARE(login(asTyped).status(), 401);
}

void TestUserCommands::list_findsByText()
{
    QCOMPARE(add(ann, {u"--name"_s, u"Ann"_s}).code, Done);
    QCOMPARE(add(u"bob@example.com"_s, {u"--name"_s, u"Bob"_s}).code, Done);
    const auto all = run({u"user"_s, u"list"_s});
    QCOMPARE(all.code, Done);
    QCOMPARE(all.out.count('\n'), 3);
    QVERIFY2(all.out.contains("ann@example.com  Ann   enabled"), all.out);
    const QJsonArray found = run({u"user"_s, u"list"_s, u"bo"_s, u"--json"_s}).array();
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.first()["email"_L1], u"bob@example.com"_s);
}

void TestUserCommands::list_ofNobody_saysSo()
{
    beSomewhere();
    QCOMPARE(run({u"user"_s, u"list"_s}).out, "No users.\n");
    const auto json = run({u"user"_s, u"list"_s, u"--json"_s});
    QVERIFY(QJsonDocument::fromJson(json.out).isArray());
    QCOMPARE(json.array().size(), 0);
}

void TestUserCommands::show_tellsTheSameInBothForms()
{
    QCOMPARE(add(ann, {u"--name"_s, u"Ann"_s, u"--role"_s, u"admin"_s}).code, Done);
    QCOMPARE(login(asTyped).status(), 200);
    QCOMPARE(login(asTyped).status(), 200);
    back();
    const QJsonObject facts = run({u"user"_s, u"show"_s, ann, u"--json"_s}).object();
    QCOMPARE(facts["sessions"_L1].toArray().size(), 2);
    const QByteArrayList lines = run({u"user"_s, u"show"_s, ann}).out.trimmed().split('\n');
    QCOMPARE(lines.value(0), "id                  " + facts["id"_L1].toString().toUtf8());
    QCOMPARE(lines.value(1), "email               ann@example.com");
    QCOMPARE(lines.value(2), "name                Ann");
    QCOMPARE(lines.value(3), "roles               admin");
    QCOMPARE(lines.value(4), "state               enabled");
    QCOMPARE(lines.value(5), "email verified      no");
    QVERIFY(lines.value(7).startsWith("last sign-in        20"));
    QCOMPARE(lines.value(8), "password            argon2id");
    QCOMPARE(lines.value(9), "second factor       off, not required");
    QCOMPARE(lines.value(10), "authenticator apps  none");
    QCOMPARE(lines.value(11), "passkeys            none");
    QCOMPARE(lines.value(12), "recovery codes      0");
    QCOMPARE(lines.value(13), "trusted browsers    0");
    QCOMPARE(lines.value(14), "providers           none");
    QCOMPARE(lines.value(15), "live sessions       2");
    QCOMPARE(lines.size(), 16);
    QCOMPARE(facts["factors"_L1]["enabled"_L1], false);
}

void TestUserCommands::show_findsByIdAndEmail()
{
    const QString id = add(ann)["id"_L1].toString();
    QCOMPARE(run({u"user"_s, u"show"_s, id, u"--json"_s})["email"_L1], ann);
    QCOMPARE(run({u"user"_s, u"show"_s, u"ANN@EXAMPLE.COM"_s, u"--json"_s})["id"_L1], id);
}

void TestUserCommands::disable_endsSessionsAtOnce()
{
    QCOMPARE(add(ann).code, Done);
    const auto pair = login(asTyped);
    QCOMPARE(statusOfMe(pair), 200);
    back();
    const auto disabled = run({u"user"_s, u"disable"_s, ann, u"--json"_s});
    QCOMPARE(disabled.code, Done);
    QCOMPARE(disabled["disabled"_L1], true);
    serve();
    QCOMPARE(statusOfMe(pair), 401);
    QCOMPARE(login(asTyped).status(), 403);

    back();
    QVERIFY(run({u"user"_s, u"enable"_s, ann}).out.simplified().contains("state enabled"));
    QCOMPARE(login(asTyped).status(), 200);
    QCOMPARE(statusOfMe(pair), 401); // what has ended stays so
}

void TestUserCommands::setPassword_endsSessionsAtOnce()
{
    QCOMPARE(add(ann).code, Done);
    const auto pair = login(asTyped);
    back();
    const QStringList words {u"user"_s, u"set-password"_s, ann, u"--password-stdin"_s};
    QCOMPARE(run(words, "short\n").code, Refused);
    const auto done = run(words, "another horse\n");
    QCOMPARE(done.out, "The password of ann@example.com is set; all of its sessions have ended.\n");
    QCOMPARE(done.code, Done);
    serve();
    QCOMPARE(statusOfMe(pair), 401);
    QCOMPARE(login(asTyped).status(), 401);
    QCOMPARE(login("another horse").status(), 200);
    back();
    QCOMPARE(run(words + QStringList {u"--json"_s}, "third horse\n")["email"_L1], ann);
}

void TestUserCommands::resetMfa_letsThePasswordSignInAlone()
{
    QCOMPARE(add(ann).code, Done);
    const auto pair = secured();
    QCOMPARE(statusOfMe(pair), 200);
    QCOMPARE(login(asTyped).status(), 403);
    back();
    QVERIFY(run({u"user"_s, u"show"_s, ann}).out.contains("second factor       on, not required\nauthenticator apps  phone (since 20"));
    const auto done = run({u"user"_s, u"reset-mfa"_s, ann, u"--yes"_s, u"--json"_s});
    QCOMPARE(done.complaint(), QString());
    QCOMPARE(done.code, Done);
    QCOMPARE(done.object(), (QJsonObject {{u"totp"_s, 1}, {u"passkeys"_s, 0}, {u"recovery_codes"_s, 10}, {u"trusted_devices"_s, 0}}));
    QCOMPARE(run({u"user"_s, u"reset-mfa"_s, ann, u"--yes"_s}).out, "ann@example.com has no second factor.\n");
    serve();
    QCOMPARE(statusOfMe(pair), 401);
    QCOMPARE(login(asTyped).status(), 200);
}

void TestUserCommands::resetMfa_asksFirst()
{
    QCOMPARE(add(ann).code, Done);
    QVERIFY(secured().status() == 200);
    back();
    const auto refused = run({u"user"_s, u"reset-mfa"_s, ann}, "n\n");
    QCOMPARE(refused.code, Refused);
    QVERIFY2(refused.err.contains("ann@example.com"), refused.err);
    QCOMPARE(login(asTyped).status(), 403);
    back();
    const auto done = m_warder->command({u"user"_s, u"reset-mfa"_s, ann}, "y\n"); // which reads the pipe of a process
    QCOMPARE(done.code, Done);
    QVERIFY2(done.out.contains("Gone from ann@example.com: 1 authenticator app(s), 0 passkey(s), 10 recovery code(s)"), done.out);
}

void TestUserCommands::delete_endsSessionsAtOnce_andCanBeTakenBack()
{
    QCOMPARE(add(ann).code, Done);
    const auto pair = login(asTyped);
    back();
    const auto deleted = run({u"user"_s, u"delete"_s, ann, u"--yes"_s});
    QVERIFY2(deleted.out.startsWith("ann@example.com is deleted, and goes for good at 20"), deleted.out);
    QCOMPARE(deleted.code, Done);
    serve();
    QCOMPARE(statusOfMe(pair), 401);
    QCOMPARE(login(asTyped).status(), 403);
    back();
    QCOMPARE(add(ann).code, Refused); // the address stays taken
    QCOMPARE(run({u"user"_s, u"list"_s, u"--json"_s}).array().size(), 0);
    QCOMPARE(run({u"user"_s, u"list"_s, u"--deleted"_s, u"--json"_s}).array().first()["email"_L1], ann);
    QVERIFY(run({u"user"_s, u"show"_s, ann}).out.contains("state               deleted, goes 20"));
    QCOMPARE(run({u"user"_s, u"enable"_s, ann}).code, Refused);
    const auto restored = run({u"user"_s, u"restore"_s, ann});
    QCOMPARE(restored.out, "ann@example.com is restored.\n");
    QCOMPARE(run({u"user"_s, u"restore"_s, ann}).code, Refused);
    QCOMPARE(login(asTyped).status(), 200);
    QCOMPARE(statusOfMe(pair), 401); // what has ended stays so
}

void TestUserCommands::deleteNow_isForGood()
{
    QCOMPARE(add(ann).code, Done);
    const auto pair = login(asTyped);
    back();
    const auto removed = run({u"user"_s, u"delete"_s, ann, u"--now"_s, u"--yes"_s});
    QCOMPARE(removed.out, "ann@example.com is deleted for good.\n");
    QCOMPARE(removed.code, Done);
    serve();
    QCOMPARE(statusOfMe(pair), 401);
    QCOMPARE(login(asTyped).status(), 401);
    back();
    QCOMPARE(run({u"user"_s, u"show"_s, ann}).code, Refused);
    QCOMPARE(run({u"user"_s, u"restore"_s, ann}).code, Refused);
}

void TestUserCommands::delete_asksFirst()
{
    QCOMPARE(add(ann).code, Done);
    for (const QStringList &how : {QStringList(), QStringList {u"--now"_s}}) {
        const QStringList words = QStringList {u"user"_s, u"delete"_s, ann, u"--json"_s} + how;
        for (const QByteArray &no : QByteArrayList {"", "\n", "n\n", "yeah\n"}) {
            const auto answer = run(words, no);
            QVERIFY(answer.complaint().startsWith("Delete ann@example.com"_L1));
            QCOMPARE(answer.code, Refused);
            QCOMPARE(run({u"user"_s, u"list"_s, u"--json"_s}).array().size(), 1);
        }
    }
    const QStringList words {u"user"_s, u"delete"_s, ann, u"--json"_s};
    const auto deleted = run(words, "y\n");
    QCOMPARE(deleted.code, Done);
    QCOMPARE(deleted["email"_L1], ann);
    QVERIFY(!deleted["goes_at"_L1].toString().isEmpty());
    QCOMPARE(run(words + QStringList {u"--now"_s}, "Yes\r\n").code, Done);
    QCOMPARE(add(ann).code, Done);
}

/// The password signs in to nothing but the choice of another one.
void TestUserCommands::setPassword_toBeChanged()
{
    QCOMPARE(add(ann).code, Done);
    QCOMPARE(run({u"user"_s, u"set-password"_s, ann, u"--password-stdin"_s, u"--must-change"_s}, "another horse\n").code, Done);
    QVERIFY(run({u"user"_s, u"show"_s, ann}).out.contains("password            argon2id, must be changed"));
    const auto refused = login("another horse");
    QCOMPARE(refused.status(), 403);
    QCOMPARE(refused["code"_L1], u"password_change_required"_s);
    QVERIFY(!refused["reset_token"_L1].toString().isEmpty());
}

void TestUserCommands::strangers_areNotFound()
{
    beSomewhere();
    for (const QString &verb : {u"show"_s, u"disable"_s, u"enable"_s, u"delete"_s, u"restore"_s, u"reset-mfa"_s, u"set-password"_s}) {
        const auto empty = run(QStringList {u"user"_s, verb, u" "_s});
        QCOMPARE(empty.complaint(), u"warderd: user %1 takes: EMAIL|ID, not an empty text (see `warderd help user %1`)"_s.arg(verb));
        QCOMPARE(empty.code, WrongUsage);
        for (const QString &who : {u"nobody@example.com"_s, u"01890000-0000-7000-8000-000000000000"_s}) {
            const QStringList words =
                QStringList {u"user"_s, verb, who} + (verb == "set-password"_L1 ? QStringList {u"--password-stdin"_s} : QStringList {});
            const auto answer = run(words, "correct horse\n");
            QVERIFY2(answer.complaint() == (who.contains(u'@') ? u"warderd: no user nobody@example.com"_s : u"warderd: no such user"_s),
                     answer.err);
            QCOMPARE(answer.out, QByteArray());
            QCOMPARE(answer.code, Refused);
        }
    }
}

QTEST_GUILESS_MAIN(TestUserCommands)
#include "TestUserCommands.moc"
