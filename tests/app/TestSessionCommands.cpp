#include "app/cli/ExitCode.h"
#include "tests/app/CommandTest.h"
#include "tests/app/WarderProcess.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

const QString bob = u"bob@example.com"_s;
const QString someId = u"01890000-0000-7000-8000-000000000000"_s;

} // namespace

/// Commands on sessions and keys, on the database alone and through the server that holds it.
class TestSessionCommands : public CommandTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void list_tellsTheSameInBothForms();
    void list_ofNone_saysSo();
    void list_ended_tellsWhy();
    void list_takesTokens_data();
    void list_takesTokens();
    void list_ofABadToken_isRefused_data();
    void list_ofABadToken_isRefused();
    void revoke_endsAtOnce_data();
    void revoke_endsAtOnce();
    void revoke_ofUnknown_isRefused();
    void revoke_mustSayWhich();
    void keyList_tellsTheSameInBothForms();
    void keyRotate_keepsOldTokensGood();
    void keyRotate_refresh_keepsOldTokensGood();
    void keyRotate_ofUnknownPurpose_isRefused();
    void keyRevoke_refusesAtOnce_data();
    void keyRevoke_refusesAtOnce();
    void keyRevoke_ofUnknown_isRefused();
    void keyRestore_takesARevocationBack();
    void keyRemove_isOfDeadKeysOnly();
    void keyImport_standsBy();
    void keyImportFormer_isForGetMe();
    void keySchedule_isChanged();
    void keyConsumers_areToldOnceTheyFetched();
    void socket_isForItsOwnerOnly();

private:
    ProgramAnswer run(const QStringList &words) const { return m_warder->commandHere(words); }
    QString keyThatSigns(const QString &purpose = u"access"_s) const;
    QString written(const QByteArray &text) const;
    void serve();
    void back();
    ClientResponse join(const QString &email) const
    {
        return m_warder->client().post("/register", {{u"email"_s, email}, {u"password"_s, annsPassword}});
    }
    ClientResponse login(const QString &email) const
    {
        return m_warder->client().post("/login", {{u"email"_s, email}, {u"password"_s, annsPassword}});
    }
    ClientResponse me(const ClientResponse &pair) const { return m_warder->client().get("/me", {bearer(pair["access_token"_L1])}); }
    ClientResponse refresh(const ClientResponse &pair) const
    {
        return m_warder->client().post("/refresh", {{u"refresh_token"_s, pair["refresh_token"_L1]}});
    }

    struct SignedIn
    {
        ClientResponse ann;
        ClientResponse bob;
        QString annsSession;
    };
    std::map<bool, SignedIn> m_signedIn; ///< Where a server runs, and where none does.
    ClientResponse m_ann;
    ClientResponse m_bob;
    QString m_annsSession;
};

void TestSessionCommands::init()
{
    QFETCH_GLOBAL(const bool, served);
    if (!m_kept.take(m_folder, m_warder)) {
        m_folder = std::make_unique<QTemporaryDir>();
        m_warder = std::make_unique<WarderProcess>(m_folder->filePath(u"data"_s));
        serve();
        const ClientResponse first = join(ann);
        m_signedIn[served] = {.ann = first, .bob = join(bob), .annsSession = me(first)["session_id"_L1].toString()};
        back();
    }
    m_ann = m_signedIn[served].ann;
    m_bob = m_signedIn[served].bob;
    m_annsSession = m_signedIn[served].annsSession;
    QCOMPARE(m_bob.status(), 201);
}

void TestSessionCommands::cleanup()
{
    const bool hasChangedNothing = isFunction({"list_tellsTheSameInBothForms", "list_ofNone_saysSo", "list_takesTokens",
                                               "revoke_ofUnknown_isRefused", "revoke_mustSayWhich", "keyList_tellsTheSameInBothForms",
                                               "keyRotate_ofUnknownPurpose_isRefused", "keyRevoke_ofUnknown_isRefused"});
    if (hasChangedNothing && m_kept.keep(m_folder, m_warder))
        return;
    end();
}

QString TestSessionCommands::keyThatSigns(const QString &purpose) const
{
    for (const QJsonValue key : run({u"key"_s, u"list"_s, u"--json"_s}).array()) {
        if (key["purpose"_L1] == purpose && key["state"_L1] == u"current"_s)
            return key["kid"_L1].toString();
    }
    return {};
}

/// Into a file, whose path this is.
QString TestSessionCommands::written(const QByteArray &text) const
{
    QFile file(m_folder->filePath(u"typed"_s));
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName() : QString();
}

/// A server to ask, whichever way commands go.
void TestSessionCommands::serve()
{
    if (!m_warder->isRunning())
        QVERIFY2(m_warder->start(), m_warder->log());
}

/// Back to the way this run is about.
void TestSessionCommands::back()
{
    QFETCH_GLOBAL(bool, served);
    if (!served)
        m_warder->kill();
}

void TestSessionCommands::list_tellsTheSameInBothForms()
{
    const QJsonArray facts = run({u"session"_s, u"list"_s, u"--json"_s}).array();
    QCOMPARE(facts.size(), 2);
    QCOMPARE(facts.first()["email"_L1], bob); // newest first
    QCOMPARE(facts.last()["id"_L1], m_annsSession);
    QCOMPARE(facts.last()["address"_L1], u"127.0.0.1"_s);
    QVERIFY(facts.last().toObject().contains("device"_L1)); // what the HTTP API calls so: the user agent
    QVERIFY(!facts.last().toObject().contains("user_agent"_L1));
    QCOMPARE(facts.last()["device_name"_L1], QString()); // of no user agent
    QVERIFY(facts.last()["ended_at"_L1].isNull() || facts.last()["ended_at"_L1].isUndefined());
    const QByteArrayList lines = m_warder->command({u"session"_s, u"list"_s}).out.trimmed().split('\n'); // by the program itself
    QCOMPARE(lines.size(), 3);
    QCOMPARE(facts.last()["method"_L1], u"password"_s);
    QCOMPARE(facts.last()["amr"_L1].toArray(), QJsonArray {u"pwd"_s});
    for (const QString &cell : {m_annsSession, ann, u"127.0.0.1"_s, u"Password"_s, u"live"_s})
        QVERIFY2(lines.last().contains(cell.toUtf8()), lines.last());
    QCOMPARE(run({u"session"_s, u"list"_s, u"ann@"_s, u"--json"_s}).array().size(), 1);
}

void TestSessionCommands::list_ofNone_saysSo()
{
    const auto none = run({u"session"_s, u"list"_s, u"nobody"_s});
    QCOMPARE(none.out, "No sessions.\n");
    QCOMPARE(none.code, Done);
    const auto json = run({u"session"_s, u"list"_s, u"nobody"_s, u"--json"_s});
    QVERIFY(QJsonDocument::fromJson(json.out).isArray());
}

void TestSessionCommands::list_ended_tellsWhy()
{
    QCOMPARE(run({u"session"_s, u"revoke"_s, m_annsSession}).out, "1 session ended.\n");
    QCOMPARE(run({u"session"_s, u"list"_s, u"--json"_s}).array().size(), 1);
    const QJsonArray all = run({u"session"_s, u"list"_s, u"--ended"_s, u"--json"_s}).array();
    QCOMPARE(all.size(), 2);
    QCOMPARE(all.last()["end_reason"_L1], u"admin"_s);
    for (const auto name : {"ended_at"_L1, "opened_at"_L1, "expires_at"_L1})
        QVERIFY2(all.last()[name].toString().endsWith(u'Z')
                     && QDateTime::fromString(all.last()[name].toString(), Qt::ISODateWithMs).isValid(),
                 name.data());
    QVERIFY(run({u"session"_s, u"list"_s, u"--ended"_s}).out.trimmed().endsWith("admin"));
}

void TestSessionCommands::list_takesTokens_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("rows");
    QTest::newRow("a user") << u"user:BOB@example.com"_s << 1;
    QTest::newRow("a part of a user") << u"user:bob"_s << 0;
    QTest::newRow("an address") << u"address:127.0.0.1"_s << 2;
    QTest::newRow("a network and a word") << u"bob address:127.0.0.0/8"_s << 1;
    QTest::newRow("those that ended") << u"state:ended"_s << 0;
    QTest::newRow("of an hour") << u"since:1h"_s << 2;
    QTest::newRow("since long ago") << u"bob since:2020-01-01"_s << 1;
    QTest::newRow("since much later") << u"since:2999-01-01"_s << 0;
    QTest::newRow("of a device") << u"device:firefox"_s << 0;
}

void TestSessionCommands::list_takesTokens()
{
    QFETCH(QString, text);
    QTEST(int(run({u"session"_s, u"list"_s, text, u"--json"_s}).array().size()), "rows");
}

void TestSessionCommands::list_ofABadToken_isRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("a time") << u"bob since:yesterday"_s
                            << u"warderd: since: takes a span such as 2h or 7d, or a day such as 2026-10-01, not yesterday"_s;
    QTest::newRow("a state") << u"state:dead"_s << u"warderd: state: takes live or ended, not dead"_s;
    QTest::newRow("no device") << u"device:"_s
                               << u"warderd: device: takes a part of a device, such as firefox or \"Edge, Windows\", not nothing"_s;
}

void TestSessionCommands::list_ofABadToken_isRefused()
{
    QFETCH(QString, text);
    const auto answer = run({u"session"_s, u"list"_s, text});
    QTEST(answer.complaint(), "complaint");
    QCOMPARE(answer.code, WrongUsage);
    QVERIFY(answer.out.isEmpty());
}

void TestSessionCommands::revoke_endsAtOnce_data()
{
    QTest::addColumn<QStringList>("which");
    QTest::addColumn<int>("revoked");
    QTest::addColumn<int>("bobsMe");
    QTest::newRow("by id") << QStringList {u"ID"_s} << 1 << 200;
    QTest::newRow("by id, one of them unknown") << QStringList {u"ID"_s, someId} << 1 << 200;
    QTest::newRow("of an account") << QStringList {u"--user"_s, ann} << 1 << 200;
    QTest::newRow("every one") << QStringList {u"--all"_s} << 2 << 401;
}

void TestSessionCommands::revoke_endsAtOnce()
{
    QFETCH(QStringList, which);
    QFETCH(const int, revoked);
    QFETCH(const int, bobsMe);
    which.replaceInStrings(u"ID"_s, m_annsSession);
    const auto done = run(QStringList {u"session"_s, u"revoke"_s, u"--json"_s} + which);
    QCOMPARE(done.code, Done);
    QCOMPARE(done["revoked"_L1].toInt(), revoked);
    serve();
    QCOMPARE(me(m_ann).status(), 401);
    QCOMPARE(refresh(m_ann).status(), 401);
    QCOMPARE(me(m_bob).status(), bobsMe);
}

void TestSessionCommands::revoke_ofUnknown_isRefused()
{
    const auto unknown = run({u"session"_s, u"revoke"_s, someId});
    QCOMPARE(unknown.complaint(), u"warderd: no live session has this id"_s);
    QCOMPARE(unknown.code, Refused);
    const auto nobody = run({u"session"_s, u"revoke"_s, u"--user"_s, u"nobody@example.com"_s});
    QCOMPARE(nobody.complaint(), u"warderd: no user nobody@example.com"_s);
    QCOMPARE(nobody.code, Refused);
}

void TestSessionCommands::revoke_mustSayWhich()
{
    const QString unclear = u"warderd: say which: session ids, --user EMAIL, or --all"_s;
    const QList<QPair<QStringList, QString>> lines {
        {{}, unclear},
        {{u"--all"_s, u"--user"_s, ann}, unclear},
        {{u"--all"_s, someId}, unclear},
        {{u"--user"_s, u""_s}, unclear},
        {{u"ann"_s}, u"warderd: ann is not a session id"_s},
        {{u"--user"_s, ann, u"--user"_s, bob}, u"warderd: --user is given twice (see `warderd help session revoke`)"_s},
    };
    for (const auto &[which, complaint] : lines) {
        const auto answer = run(QStringList {u"session"_s, u"revoke"_s} + which);
        QCOMPARE(answer.complaint(), complaint);
        QCOMPARE(answer.code, WrongUsage);
    }
    QCOMPARE(run({u"session"_s, u"list"_s, u"--json"_s}).array().size(), 2);
}

void TestSessionCommands::keyList_tellsTheSameInBothForms()
{
    const QJsonArray facts = run({u"key"_s, u"list"_s, u"--json"_s}).array();
    QCOMPARE(facts.size(), 4);
    const QByteArray table = run({u"key"_s, u"list"_s}).out;
    QCOMPARE(table.count('\n'), 5);
    for (const QJsonValue key : facts) {
        for (const auto name : {"kid"_L1, "purpose"_L1, "algorithm"_L1, "state"_L1})
            QVERIFY2(table.contains(key[name].toString().toUtf8()), table);
        QCOMPARE(key["sessions"_L1].toInt(-1), key["state"_L1] == u"standby"_s ? 0 : 2);
        const QString rotatesAt = key["rotates_at"_L1].toString();
        QCOMPARE(rotatesAt.isEmpty(), key["state"_L1] != u"current"_s);
        QVERIFY2(table.contains("ROTATES AT") && table.contains(rotatesAt.toUtf8()), table);
    }
    QCOMPARE(std::ranges::count(facts, u"standby"_s, [](const QJsonValue &key) { return key["state"_L1].toString(); }), 1);
}

void TestSessionCommands::keyRotate_keepsOldTokensGood()
{
    const auto rotated = run({u"key"_s, u"rotate"_s, u"--json"_s});
    QCOMPARE(rotated.code, Done);
    QCOMPARE(rotated["purpose"_L1], u"access"_s);
    QCOMPARE(rotated["state"_L1], u"current"_s);
    QCOMPARE(run({u"key"_s, u"list"_s, u"--json"_s}).array().size(), 5);
    QVERIFY(run({u"key"_s, u"list"_s}).out.contains("retiring"));
    serve();
    QCOMPARE(me(m_ann).status(), 200);
    const auto next = login(ann);
    const QByteArray head =
        QByteArray::fromBase64(next["access_token"_L1].toString().section(u'.', 0, 0).toLatin1(), QByteArray::Base64UrlEncoding);
    QVERIFY2(head.contains(rotated["kid"_L1].toString().toLatin1()), head);
    QCOMPARE(me(next).status(), 200);
    const QByteArray published = m_warder->client().get("/.well-known/jwks.json").raw.body;
    QVERIFY(published.contains(rotated["kid"_L1].toString().toLatin1()));
}

void TestSessionCommands::keyRotate_refresh_keepsOldTokensGood()
{
    QCOMPARE(run({u"key"_s, u"rotate"_s, u"--purpose"_s, u"refresh"_s, u"--json"_s})["purpose"_L1], u"refresh"_s);
    serve();
    const auto next = refresh(m_ann);
    QCOMPARE(next.status(), 200);
    QCOMPARE(refresh(next).status(), 200);
}

void TestSessionCommands::keyRotate_ofUnknownPurpose_isRefused()
{
    const auto answer = run({u"key"_s, u"rotate"_s, u"--purpose"_s, u"signing"_s});
    QCOMPARE(answer.complaint(), u"warderd: --purpose is access, refresh or csrf, not signing"_s);
    QCOMPARE(answer.code, WrongUsage);
    QCOMPARE(run({u"key"_s, u"list"_s, u"--json"_s}).array().size(), 4);
}

void TestSessionCommands::keyRevoke_refusesAtOnce_data()
{
    QTest::addColumn<QString>("purpose");
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<int>("refreshed");
    QTest::newRow("access") << u"access"_s << "Revoked; 2 sessions must refresh.\n"_ba << 200;
    QTest::newRow("refresh") << u"refresh"_s << "Revoked; 2 sessions ended.\n"_ba << 401;
}

void TestSessionCommands::keyRevoke_refusesAtOnce()
{
    QFETCH(QString, purpose);
    const QString kid = keyThatSigns(purpose);
    const auto asked = m_warder->commandHere({u"key"_s, u"revoke"_s, kid}, "n\n");
    QCOMPARE(asked.code, Refused);
    QVERIFY2(asked.err.contains("2 sessions must"), asked.err);
    const auto revoked = m_warder->commandHere({u"key"_s, u"revoke"_s, kid}, "y\n");
    QCOMPARE(revoked.code, Done);
    QTEST(revoked.out, "said");
    QCOMPARE(run({u"key"_s, u"revoke"_s, kid, u"--yes"_s}).code, Done); // it is revoked already
    serve();
    QCOMPARE(me(m_ann).status(), 401); // the refresh key's sessions have ended, the access key's tokens are refused
    const auto next = refresh(m_ann);
    QTEST(next.status(), "refreshed");
    QCOMPARE(me(login(ann)).status(), 200);
    if (next.status() == 200)
        QCOMPARE(me(next).status(), 200);
}

void TestSessionCommands::keyRevoke_ofUnknown_isRefused()
{
    const auto answer = run({u"key"_s, u"revoke"_s, u"nonsense"_s, u"--yes"_s});
    QCOMPARE(answer.complaint(), u"warderd: no key has the id nonsense"_s);
    QCOMPARE(answer.code, Refused);
    QCOMPARE(run({u"key"_s, u"revoke"_s}).code, WrongUsage);
}

void TestSessionCommands::keyRestore_takesARevocationBack()
{
    const QString kid = keyThatSigns();
    QCOMPARE(run({u"key"_s, u"restore"_s, kid, u"--yes"_s}).code, Refused); // nothing was done to it
    QCOMPARE(run({u"key"_s, u"revoke"_s, kid, u"--yes"_s}).code, Done);
    const auto asked = m_warder->commandHere({u"key"_s, u"restore"_s, kid}, "n\n");
    QCOMPARE(asked.code, Refused);
    QVERIFY2(asked.err.contains("is accepted again until"), asked.err);
    const auto restored = run({u"key"_s, u"restore"_s, kid, u"--yes"_s, u"--json"_s});
    QCOMPARE(restored.code, Done);
    QCOMPARE(restored["key"_L1]["state"_L1], u"retiring"_s);
    serve();
    QCOMPARE(me(m_ann).status(), 200);
}

void TestSessionCommands::keyRemove_isOfDeadKeysOnly()
{
    const QString kid = keyThatSigns();
    QVERIFY2(run({u"key"_s, u"remove"_s, kid, u"--yes"_s}).err.contains("rotate it first"), "it signs");
    QCOMPARE(run({u"key"_s, u"rotate"_s}).code, Done);
    QVERIFY2(run({u"key"_s, u"remove"_s, kid, u"--yes"_s}).err.contains("wait for its end, or revoke it first"), "it verifies");
    QCOMPARE(run({u"key"_s, u"revoke"_s, kid, u"--yes"_s}).code, Done);
    QCOMPARE(m_warder->commandHere({u"key"_s, u"remove"_s, kid}, "n\n").code, Refused);
    QVERIFY(run({u"key"_s, u"list"_s}).out.contains(kid.toLatin1()));
    QCOMPARE(run({u"key"_s, u"remove"_s, kid, u"--yes"_s}).code, Done);
    QVERIFY(!run({u"key"_s, u"list"_s}).out.contains(kid.toLatin1()));
}

void TestSessionCommands::keyImport_standsBy()
{
    // RFC 7517 A.2
    const QByteArray jwk = R"({"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
        "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE","kid":"made-elsewhere"})";
    const QString file = written(jwk);
    const auto imported = run({u"key"_s, u"import"_s, file, u"--json"_s});
    QVERIFY2(imported.code == Done, imported.err);
    QCOMPARE(imported["kid"_L1], u"made-elsewhere"_s);
    QCOMPARE(imported["state"_L1], u"standby"_s);
    QVERIFY(run({u"key"_s, u"import"_s, file}).complaint().contains("the ring has this key already"_L1));
    QCOMPARE(run({u"key"_s, u"import"_s, written(QByteArray(70'000, 'x'))}).code, Refused);
    QCOMPARE(run({u"key"_s, u"rotate"_s}).code, Done);
    QCOMPARE(keyThatSigns(), u"made-elsewhere"_s);
}

void TestSessionCommands::keyImportFormer_isForGetMe()
{
    const QString file = written(QByteArray(64, 'f'));
    const auto asked = m_warder->commandHere({u"key"_s, u"import-former"_s, file}, "n\n");
    QCOMPARE(asked.code, Refused);
    const auto imported = run({u"key"_s, u"import-former"_s, file, u"--for"_s, u"2d"_s, u"--yes"_s, u"--json"_s});
    QVERIFY2(imported.code == Done, imported.err);
    QCOMPARE(imported["purpose"_L1], u"former"_s);
    QCOMPARE(imported["state"_L1], u"retiring"_s);
    QCOMPARE(run({u"key"_s, u"import-former"_s, written("short"), u"--yes"_s}).code, Refused);
    QVERIFY(run({u"key"_s, u"import-former"_s, written(QByteArray(64, 'g')), u"--for"_s, u"31d"_s, u"--yes"_s}).code != Done);
}

void TestSessionCommands::keySchedule_isChanged()
{
    const auto rotates = [this] {
        for (const QJsonValue &key : run({u"key"_s, u"list"_s, u"--json"_s}).array()) {
            if (key["purpose"_L1] == "access"_L1 && key["state"_L1] == "current"_L1)
                return key["rotates_at"_L1].toString();
        }
        return QString();
    };
    const QString before = rotates();
    const auto wrong = run({u"key"_s, u"schedule"_s, u"--access"_s, u"1h"_s});
    QCOMPARE(wrong.code, Refused);
    QVERIFY2(wrong.err.contains("keys.access_rotation: must be a duration"), wrong.err);
    const auto changed = run({u"key"_s, u"schedule"_s, u"--access"_s, u"30d"_s, u"--spent"_s, u"0"_s, u"--json"_s});
    QVERIFY2(changed.code == Done, changed.err);
    QCOMPARE(changed.array().size(), 4);
    QCOMPARE(changed.array().first()["value"_L1], u"30d"_s);
    QCOMPARE(changed.array().first()["source"_L1], u"stored"_s);
    QVERIFY(!before.isEmpty() && rotates() < before);
    QCOMPARE(run({u"key"_s, u"schedule"_s, u"--json"_s}).array(), changed.array());
}

void TestSessionCommands::keyConsumers_areToldOnceTheyFetched()
{
    QVERIFY(run({u"key"_s, u"consumers"_s, u"--json"_s}).array().isEmpty());
    serve();
    QCOMPARE(m_warder->client().get("/.well-known/jwks.json").status(), 200);
    const QJsonArray consumers = run({u"key"_s, u"consumers"_s, u"--json"_s}).array();
    QCOMPARE(consumers.size(), 1);
    QCOMPARE(consumers.first()["is_current"_L1].toBool(), true);
    QCOMPARE(consumers.first()["kids"_L1].toArray().size(), 2);
}

void TestSessionCommands::socket_isForItsOwnerOnly()
{
    serve();
    const QString data = m_folder->filePath(u"data"_s);
    constexpr auto owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
    for (const auto &file : {u"/console.sock"_s, u"/warder.db"_s, u"/master.key"_s})
        QVERIFY2((QFile::permissions(data + file) & ~(owner | QFile::ExeOwner | QFile::ExeUser)) == 0, qPrintable(file));
    QCOMPARE(QFile::permissions(data), owner | QFile::ExeOwner | QFile::ExeUser);
}

QTEST_GUILESS_MAIN(TestSessionCommands)
#include "TestSessionCommands.moc"
