#include "app/cli/ExitCode.h"
#include "tests/app/CommandTest.h"
#include "tests/app/WarderProcess.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// `warderd password tune`, while a server runs and while none does.
class TestPasswordCommands : public CommandTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void tune_proposesWhatIsSafe();
    void tune_forPeople_saysTheSame();
    void tune_ofBcrypt_proposesACost();
    void tune_isRefused_data();
    void tune_isRefused();
    void apply_storesTheProposal();
    void apply_ofWhatIsSetElsewhere_isRefused();

private:
    /// The least time, so that nothing large is measured.
    ProgramAnswer tune(const QStringList &more = {}) const
    {
        return m_warder->commandHere(QStringList {u"password"_s, u"tune"_s, u"--target"_s, u"50"_s} + more);
    }
    QString stored() const;
    void store(const QByteArray &lines) const;
    /// A server without settings on the command line, which would win.
    void begin() const { QVERIFY2(m_warder->start({}), m_warder->log()); }
};

void TestPasswordCommands::init()
{
    if (isFunction({"tune_isRefused"}) && m_kept.take(m_folder, m_warder))
        return;
    m_folder = std::make_unique<QTemporaryDir>();
    m_warder = std::make_unique<WarderProcess>(m_folder->filePath(u"data"_s));
    QVERIFY(m_warder->makeData());
}

/// What is refused changes nothing: its rows share a server.
void TestPasswordCommands::cleanup()
{
    if (isFunction({"tune_isRefused"}) && m_kept.keep(m_folder, m_warder))
        return;
    end();
}

QString TestPasswordCommands::stored() const
{
    QFile file(m_folder->filePath(u"data/warder.stored.conf"_s));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

void TestPasswordCommands::store(const QByteArray &lines) const
{
    QFile file(m_folder->filePath(u"data/warder.stored.conf"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(lines) == lines.size());
}

void TestPasswordCommands::tune_proposesWhatIsSafe()
{
    QFETCH_GLOBAL(bool, served);
    store("passwords.hashing_threads = 2\npasswords.argon2_memory_kib = 1024\npasswords.argon2_parallelism = 4\n");
    if (served)
        begin();
    const auto answer = tune({u"--memory"_s, u"80"_s, u"--json"_s});
    QVERIFY2(answer.code == Done, answer.err);
    QCOMPARE(answer["hashing"_L1]["algorithm"_L1], u"argon2id"_s);
    QCOMPARE(answer["hashing"_L1]["lanes"_L1].toInt(), 2);
    const QJsonArray tried = answer["tried"_L1].toArray();
    QVERIFY(tried.size() >= 2);
    QCOMPARE(tried.first()["cost"_L1], answer["hashing"_L1]["now"_L1]);
    QCOMPARE(tried.first()["cost"_L1]["memory_kib"_L1].toInt(), 1024);
    for (const QJsonValue &one : tried)
        QVERIFY(one["microseconds"_L1].toInteger() > 0);
    const QJsonValue cost = answer["proposed"_L1]["cost"_L1];
    QVERIFY(cost["memory_kib"_L1].toInt() >= 19456 && cost["memory_kib"_L1].toInt() <= 40 * 1024);
    QVERIFY(cost["iterations"_L1].toInt() >= 2);
    QCOMPARE(cost["parallelism"_L1].toInt(), 1);
    QCOMPARE(answer["settings"_L1]["passwords.argon2_memory_kib"_L1], QString::number(cost["memory_kib"_L1].toInt()));
    QVERIFY(answer["stored"_L1].isBool() && !answer["stored"_L1].toBool());
    QVERIFY2(answer.err.contains("1 MiB, 2 passes, 4 lanes: "), answer.err); // while somebody waits
    QVERIFY(!stored().contains(u"passwords.argon2_iterations"_s));
}

void TestPasswordCommands::tune_forPeople_saysTheSame()
{
    QFETCH_GLOBAL(bool, served);
    store("passwords.hashing_threads = 1\npasswords.argon2_iterations = 1\n");
    if (served)
        begin();
    // By the program itself.
    const auto answer = m_warder->command({u"password"_s, u"tune"_s, u"--target"_s, u"50"_s, u"--memory"_s, u"19"_s});
    QVERIFY2(answer.code == Done, answer.err);
    for (const char *part : {"ONE SIGN-IN", "19 MiB, 1 pass, 1 lane", "today", "proposed", "1 password is hashed at once", "Proposed:\n",
                             "  passwords.argon2_memory_kib = 19456\n", "--apply stores them; they act after a restart",
                             "gets a new one when its owner signs in next"})
        QVERIFY2(answer.out.contains(part), part + answer.out);
}

void TestPasswordCommands::tune_ofBcrypt_proposesACost()
{
    QFETCH_GLOBAL(bool, served);
    store("passwords.algorithm = bcrypt\npasswords.bcrypt_cost = 4\n");
    if (served)
        begin();
    const auto answer = tune({u"--json"_s});
    QVERIFY2(answer.code == Done, answer.err);
    QCOMPARE(answer["hashing"_L1]["now"_L1]["bcrypt_cost"_L1].toInt(), 4);
    QVERIFY(answer["proposed"_L1]["cost"_L1]["bcrypt_cost"_L1].toInt() >= 10);
    QCOMPARE(answer["settings"_L1].toObject().keys(), QStringList {u"passwords.bcrypt_cost"_s});
}

void TestPasswordCommands::tune_isRefused_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    QTest::newRow("no number") << u"--target soon"_s << int(WrongUsage) << u"--target is a whole number, not soon"_s;
    QTest::newRow("none") << u"--target 0"_s << int(WrongUsage) << u"--target is a whole number, not 0"_s;
    QTest::newRow("no amount") << u"--memory 1GiB"_s << int(WrongUsage) << u"--memory is a whole number, not 1GiB"_s;
    QTest::newRow("too quick") << u"--target 49"_s << int(Refused) << u"target: must be 50 to 2000 ms"_s;
    QTest::newRow("too slow") << u"--target 2001"_s << int(Refused) << u"target: must be 50 to 2000 ms"_s;
    QTest::newRow("too little memory") << u"--memory 56"_s << int(Refused) << u"memory: must be 57 to 3072 MiB for the 3 passwords"_s;
    QTest::newRow("an argument") << u"now"_s << int(WrongUsage) << u"password tune takes: nothing"_s;
}

void TestPasswordCommands::tune_isRefused()
{
    QFETCH_GLOBAL(bool, served);
    QFETCH(QString, line);
    QFETCH(int, code);
    QFETCH(QString, says);
    if (stored().isEmpty())
        store("passwords.hashing_threads = 3\n");
    if (served && !m_warder->isRunning())
        begin();
    const auto answer = m_warder->commandHere(QStringList {u"password"_s, u"tune"_s} + line.split(u' '));
    QCOMPARE(answer.code, code);
    QVERIFY2(answer.complaint().contains(says), answer.err);
    QVERIFY(answer.out.isEmpty());
}

void TestPasswordCommands::apply_storesTheProposal()
{
    QFETCH_GLOBAL(bool, served);
    store("passwords.argon2_memory_kib = 1024\n");
    if (served)
        begin();
    const auto answer = tune({u"--apply"_s, u"--json"_s});
    QVERIFY2(answer.code == Done, answer.err);
    QVERIFY(answer["stored"_L1].toBool());
    const QString memory = answer["settings"_L1]["passwords.argon2_memory_kib"_L1].toString();
    QVERIFY2(stored().contains(u"passwords.argon2_memory_kib = %1\n"_s.arg(memory)), qPrintable(stored()));
    if (served)
        QCOMPARE(m_warder->stop(), Done);
    begin(); // with what is stored
    const QJsonArray settings = m_warder->commandHere({u"config"_s, u"show"_s, u"--json"_s}).array();
    const auto kept =
        std::ranges::find_if(settings, [](const QJsonValue &one) { return one["key"_L1] == u"passwords.argon2_memory_kib"_s; });
    QVERIFY(kept != settings.end());
    QCOMPARE(QJsonValue(*kept)["value"_L1], memory);
    QCOMPARE(QJsonValue(*kept)["source"_L1], u"stored"_s);
}

/// Nothing of it is stored, and it is said where it is set.
void TestPasswordCommands::apply_ofWhatIsSetElsewhere_isRefused()
{
    QFETCH_GLOBAL(bool, served);
    QVERIFY(m_warder->configure("passwords.argon2_iterations = 1\n"));
    if (served)
        begin();
    const auto answer = tune({u"--apply"_s});
    QCOMPARE(answer.code, Refused);
    QVERIFY2(answer.complaint().contains(u"passwords.argon2_iterations is set by"_s), answer.err);
    QVERIFY(!stored().contains(u"passwords."_s));
}

QTEST_GUILESS_MAIN(TestPasswordCommands)
#include "TestPasswordCommands.moc"
