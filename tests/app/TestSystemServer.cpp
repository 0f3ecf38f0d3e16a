#include "app/cli/ExitCode.h"
#include "core/platform/Files.h"
#include "tests/app/WarderProcess.h"

#include <QDir>
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

constexpr uint service = 12345; ///< A user without a name and without rights.
constexpr uint annsUid = 12346;

} // namespace

/// The data directory of the system's server: whose it is by default, where its settings are, and what root may do to it.
class TestSystemServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void settings_areThoseOfTheSystem();
    void settings_ofAnotherFolder_areItsOwn();
    void settings_thatNobodyReads_areRefused();
    void link_toTheSettings_isNoOther();
    void directory_byDefault_data();
    void directory_byDefault();
    void root_worksAsTheOwner_whereNoServerRuns();
    void root_servesAsTheOwner();
    void root_talksToAServerAsItself();
    void root_withoutItsRights_isRefused();

private:
    void write(const QString &path, const QByteArray &text, int mode = 0644) const;
    QString at(const QString &path) const { return m_folder->filePath(path); }
    QString data() const { return at(u"var/lib/warder"_s); }
    QString config() const { return at(u"etc/warder/warder.conf"_s); }
    void give(uint user) const;
    QStringList notOf(uint user) const;
    ProgramOptions options() const { return {.environment = m_environment, .program = WarderProcess::programElsewhere()}; }
    ProgramAnswer run(const QString &line, const QByteArray &input = {}) const;
    WarderProcess server() const { return WarderProcess(data(), m_environment, WarderProcess::programElsewhere()); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QStringList m_environment;
};

void TestSystemServer::init()
{
    m_folder = std::make_unique<QTemporaryDir>(QDir::tempPath() + u"/warder-system-XXXXXX"_s);
    m_environment = {u"TEST_ROOT="_s + m_folder->path(), u"XDG_DATA_HOME="_s + at(u"home"_s), u"LSAN_OPTIONS="_s,
                     u"TSAN_OPTIONS=report_bugs=0"_s}; // which name files that another user may not find
    for (const QString &each : {u"etc/warder"_s, u"var/lib/warder"_s, u"home"_s})
        QVERIFY(QDir(m_folder->path()).mkpath(each));
    QVERIFY(QFile::setPermissions(m_folder->path(), QFile::Permissions(0x7755)));
    QVERIFY(QFile::setPermissions(data(), QFile::Permissions(0x7700)));
}

void TestSystemServer::write(const QString &path, const QByteArray &text, int mode) const
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    QCOMPARE(::chmod(qPrintable(path), mode_t(mode)), 0);
}

void TestSystemServer::give(uint user) const
{
    if (::geteuid() != 0)
        QSKIP("only root can give a folder away");
    if (::chown(qPrintable(data()), user, user) != 0)
        QSKIP("no other users here");
}

/// What lies in the data directory and does not belong to this user and its group.
QStringList TestSystemServer::notOf(uint user) const
{
    QStringList found;
    for (QDirIterator each(data(), QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
         each.hasNext();) {
        const auto status = platform::linkStatusOf(each.next());
        if (!status || status->owner != user || status->group != user)
            found += each.filePath();
    }
    return found;
}

ProgramAnswer TestSystemServer::run(const QString &line, const QByteArray &input) const
{
    ProgramOptions all = options();
    all.input = input;
    return runWarderd(line.split(u' '), all);
}

void TestSystemServer::settings_areThoseOfTheSystem()
{
    const QString there = u" --data-dir "_s + data();
    write(config(), "# ours\nhttp.thread = 2\n");
    for (const QString &line : {u"config check"_s, u"config show"_s, u"user list"_s, u"serve"_s}) {
        const auto answer = run(line + there);
        QCOMPARE(answer.code, WrongConfig);
        QVERIFY2(answer.complaint().startsWith(u"warderd: [file %1:2] http.thread: no such setting"_s.arg(config())), answer.err);
    }
    write(config(), "http.idle_timeout = 33s\n");
    QVERIFY(run(u"config show"_s + there).out.endsWith("\nFile: " + config().toUtf8() + " (read)\n"));
    WarderProcess warder = server();
    QVERIFY2(warder.start(), warder.log());
    const auto shown = [&] { return run(u"config show --json"_s + there).out; };
    QVERIFY(shown().contains("\"33s\"") && shown().contains(config().toUtf8() + ":1"));
    write(config(), "http.idle_timeout = 44s\n");
    QCOMPARE(run(u"server reload"_s + there).out, "Reloaded.\n");
    QVERIFY(shown().contains("\"44s\""));
    write(config(), "\nhttp.idle_timeout = soon\n");
    QVERIFY2(run(u"server reload"_s + there).complaint().contains(config() + u":2]"_s), "the file's own name");
    QCOMPARE(warder.stop(), Done);
    QVERIFY2(run(u"config set x y"_s + there).complaint().contains(u"`key = value` in "_s + config()), "where settings are written");
}

void TestSystemServer::settings_ofAnotherFolder_areItsOwn()
{
    write(config(), "log.level = loud\n");
    QVERIFY(QDir().mkdir(at(u"mine"_s)));
    write(at(u"mine/warder.conf"_s), "log.level = error\n", 0600);
    const auto answer = run(u"config show --data-dir "_s + at(u"mine"_s));
    QCOMPARE(answer.code, Done);
    QVERIFY2(answer.out.endsWith("\nFile: " + at(u"mine/warder.conf"_s).toUtf8() + " (read)\n"), answer.out);
}

/// As the settings of a server that was moved here lie beside its database.
void TestSystemServer::settings_thatNobodyReads_areRefused()
{
    write(data() + u"/warder.conf"_s, "http.idle_timeout = 33s\n", 0600);
    const auto answer = run(u"config check --data-dir "_s + data());
    QCOMPARE(answer.code, WrongConfig);
    QCOMPARE(answer.complaint(),
             u"warderd: [file %1/warder.conf] is not read, since this is the system's server: move what it says into %2"_s.arg(data(),
                                                                                                                               config()));
    QVERIFY(QFile::link(data(), at(u"alias"_s))); // the same folder by another name
    QCOMPARE(run(u"config check --data-dir "_s + at(u"alias"_s)).code, WrongConfig);
}

void TestSystemServer::link_toTheSettings_isNoOther()
{
    QVERIFY(QFile::link(config(), data() + u"/warder.conf"_s));
    QCOMPARE(run(u"config check --data-dir "_s + data()).code, Done);
    write(config(), "log.level = error\n");
    QCOMPARE(run(u"config check --data-dir "_s + data()).code, Done);
}

void TestSystemServer::directory_byDefault_data()
{
    QTest::addColumn<uint>("user");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("meant");
    const QString system = u"var/lib/warder"_s;
    QTest::newRow("root") << 0U << system << QString() << u"etc/warder/warder.conf"_s;
    QTest::newRow("its owner") << service << system << QString() << u"etc/warder/warder.conf"_s;
    QTest::newRow("another") << annsUid << system << QString() << u"home/warder/warder.conf"_s;
    QTest::newRow("root, and it is not there") << 0U << u"var/lib/other"_s << QString() << u"home/warder/warder.conf"_s;
    QTest::newRow("root, who says another") << 0U << system << u"var/lib"_s << u"var/lib/warder.conf"_s;
}

void TestSystemServer::directory_byDefault()
{
    QFETCH(const uint, user);
    QFETCH(const QString, folder);
    QFETCH(const QString, variable);
    QFETCH(const QString, meant);
    give(service);
    QVERIFY(QFile::rename(data(), at(u"aside"_s)) && QFile::rename(at(u"aside"_s), at(folder)));
    ProgramOptions as = options();
    as.user = user;
    if (!variable.isEmpty())
        as.environment += u"WARDER_DATA_DIR="_s + at(variable);
    const QString program = WarderProcess::programElsewhere(); // where it was built others may have no way in
    as.program = at(QFileInfo(program).fileName());
    as.environment += u"LD_LIBRARY_PATH="_s + m_folder->path();
    const QStringList files = WarderProcess::librariesOfPrograms() + QStringList {program};
    for (const QString &file : files) {
        const QString copy = at(QFileInfo(file).fileName());
        QVERIFY(QFile::copy(file, copy) && QFile::setPermissions(copy, QFile::Permissions(0x7755)));
    }
    const auto answer = runWarderd({u"config"_s, u"show"_s}, as);
    QCOMPARE(answer.code, Done);
    QVERIFY2(answer.out.endsWith("\nFile: " + at(meant).toUtf8() + " (not there)\n"), answer.out);
    const bool isSystem = meant.startsWith(u"etc"_s);
    const auto status = runWarderd({u"server"_s, u"status"_s}, as);
    QCOMPARE(status.code, CannotRun);
    const QString looked = isSystem ? data() : QFileInfo(at(meant)).path();
    QVERIFY2(status.complaint().startsWith(u"warderd: there is no Warder in the data directory %1: "_s.arg(looked)), status.err);
    QVERIFY(!QFile::exists(at(u"home/warder"_s)));
}

void TestSystemServer::root_worksAsTheOwner_whereNoServerRuns()
{
    give(service);
    write(config(), "passwords.argon2_memory_kib = 128\n", 0644);
    write(at(u"users.csv"_s), "email,password_hash\n", 0600);
    QCOMPARE(run(u"user add ann@example.com --password-stdin"_s, "correct horse battery\n").code, Done);
    QVERIFY(run(u"user list"_s).out.contains("ann@example.com"));
    QCOMPARE(run(u"server status"_s).out, "State  stopped\n");
    QCOMPARE(run(u"server status"_s).code, Refused);
    const auto made = run(u"tls make-local"_s);
    QVERIFY2(made.code == Done, made.err);
    QVERIFY(QFile::exists(data() + u"/tls/server.crt"_s));
    QCOMPARE(notOf(service), QStringList());
    const auto import = run(u"user import "_s + at(u"users.csv"_s)); // root's own, which the owner may not read
    QCOMPARE(import.code, Refused);
    QVERIFY2(import.complaint().endsWith("Permission denied"_L1), import.err);
}

void TestSystemServer::root_servesAsTheOwner()
{
    give(service);
    WarderProcess warder = server();
    QVERIFY2(warder.start(), warder.log());
    QFile lock(data() + u"/warder.lock"_s);
    QVERIFY(lock.open(QIODevice::ReadOnly));
    QFile process(u"/proc/%1/status"_s.arg(QString::fromLatin1(lock.readAll().trimmed())));
    QVERIFY(process.open(QIODevice::ReadOnly));
    const QByteArray status = process.readAll().replace('\t', ' ');
    for (const char *line :
         {"\nUid: 12345 12345 12345 12345\n", "\nGid: 12345 12345 12345 12345\n", "\nGroups: 12345 \n", "\nCapEff: 0000000000000000\n"})
        QVERIFY2(status.contains(line), status);
    QCOMPARE(notOf(service), QStringList());
    QCOMPARE(warder.stop(), Done);
    QCOMPARE(notOf(service), QStringList());
}

void TestSystemServer::root_talksToAServerAsItself()
{
    give(service);
    write(at(u"users.csv"_s), "email,password_hash\nann@example.com,$2b$04$abcdefghijklmnopqrstuuGcJYgSW1sDbAGLM0s8g1pcVXTY1ZwGG\n", 0600);
    WarderProcess warder = server();
    QVERIFY2(warder.start(), warder.log());
    const auto import = run(u"user import "_s + at(u"users.csv"_s) + u" --map "_s + at(u"ids.csv"_s));
    QVERIFY2(import.code == Done, import.err);
    QCOMPARE(platform::statusOf(at(u"ids.csv"_s))->owner, 0U);
    QCOMPARE(warder.stop(), Done);
    QCOMPARE(notOf(service), QStringList());
}

void TestSystemServer::root_withoutItsRights_isRefused()
{
    give(service);
    ProgramOptions bound = options();
    bound.asOrdinaryUser = true;
    for (const QString &line : {u"user list"_s, u"user add a@example.com --password-stdin"_s, u"serve"_s}) {
        const auto answer = runWarderd(line.split(u' '), bound);
        QCOMPARE(answer.code, CannotRun);
        QCOMPARE(answer.complaint(), u"warderd: the data directory %1 belongs to uid 12345, which this process may not become: "
                                     "Operation not permitted"_s.arg(data()));
    }
    QVERIFY(QDir(data()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot));
}

QTEST_GUILESS_MAIN(TestSystemServer)
#include "TestSystemServer.moc"
