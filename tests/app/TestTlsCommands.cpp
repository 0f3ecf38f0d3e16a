#include "app/cli/ExitCode.h"
#include "core/net/gate/TlsContext.h"
#include "tests/app/CommandHere.h"
#include "tests/app/WarderProcess.h"
#include "tests/support/Certificates.h"
#include "tests/support/TlsPair.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// `warderd tls make-local`: what it leaves on disk, what it says, and what it leaves alone.
class TestTlsCommands : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void files_areForTheirReaders();
    void files_makeAServerThatIsBelieved();
    void secondRun_keepsTheAuthority_data();
    void secondRun_keepsTheAuthority();
    void newName_makesANewAuthority();
    void authority_thatEndsSoon_isReplaced();
    void answer_saysHowToServeAndTrust();
    void answer_inJson_saysTheSame();
    void path_withSpaces_canBePasted();
    void runningServer_isNotDisturbed();
    void settings_areNotRead();
    void openEmptyDirectory_staysAsItIs();
    void wrongUsage_isRefused_data();
    void wrongUsage_isRefused();
    void whatStandsThere_isLeftAlone_data();
    void whatStandsThere_isLeftAlone();
    void unwritableFolder_keepsTheOldFiles();
    void runsAtOnce_waitForEachOther();
    void runsAtOnce_leaveAPairThatFits();

private:
    ProgramAnswer make(const QStringList &more = {}) const { return runHere(command() + more); }
    ProgramAnswer makeByProgram(const QStringList &more = {}, const ProgramOptions &options = {}) const
    {
        return runWarderd(command() + more, options);
    }
    QStringList command() const { return {u"tls"_s, u"make-local"_s, u"--data-dir"_s, m_data}; }
    QString path(const QString &file) const { return m_data + u"/tls/"_s + file; }
    QByteArray bytes(const QString &file) const;
    void write(const QString &file, const QByteArray &bytes, mode_t mode = 0600) const;
    QMap<QString, QByteArray> everything() const;
    QSslCertificate server() const { return QSslCertificate::fromData(bytes(u"server.crt"_s)).value(0); }
    QStringList names() const { return server().subjectAlternativeNames().values(QSsl::DnsEntry); }
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_data;
};

namespace {

mode_t modeOf(const QString &path)
{
    struct stat status {};
    return stat(qPrintable(path), &status) == 0 ? status.st_mode & 07777 : 0;
}

} // namespace

void TestTlsCommands::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_data = m_folder->filePath(u"data"_s);
}

QByteArray TestTlsCommands::bytes(const QString &file) const
{
    QFile opened(path(file));
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

void TestTlsCommands::write(const QString &file, const QByteArray &bytes, mode_t mode) const
{
    QVERIFY(QDir().mkpath(m_data + u"/tls"_s));
    QCOMPARE(chmod(qPrintable(m_data), 0700), 0);
    QFile opened(path(file));
    QVERIFY(opened.open(QIODevice::WriteOnly));
    QCOMPARE(opened.write(bytes), bytes.size());
    opened.close();
    QCOMPARE(chmod(qPrintable(path(file)), mode), 0);
}

/// By name, also what would be left over.
QMap<QString, QByteArray> TestTlsCommands::everything() const
{
    QMap<QString, QByteArray> all;
    for (const QString &file : QDir(m_data + u"/tls"_s).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
        all.insert(file, bytes(file));
    return all;
}

void TestTlsCommands::files_areForTheirReaders()
{
    const mode_t before = umask(0);
    const auto answer = makeByProgram();
    umask(before);
    QVERIFY2(answer.code == Done, answer.err);
    QCOMPARE(answer.err, QByteArray());
    QCOMPARE(everything().keys(), QStringList({u"local-ca.crt"_s, u"local-ca.key"_s, u"server.crt"_s, u"server.key"_s}));
    QCOMPARE(modeOf(m_data), 0700U);
    QCOMPARE(modeOf(m_data + u"/tls"_s), 0700U);
    QCOMPARE(modeOf(path(u"local-ca.key"_s)), 0600U);
    QCOMPARE(modeOf(path(u"server.key"_s)), 0600U);
    QCOMPARE(modeOf(path(u"local-ca.crt"_s)), 0644U);
    QCOMPARE(modeOf(path(u"server.crt"_s)), 0644U);
    QCOMPARE(QDir(m_data).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList {u"tls"_s}); // no lock, no database
    QVERIFY(bytes(u"server.crt"_s).endsWith(bytes(u"local-ca.crt"_s)));
    for (const auto &file : {u"local-ca.crt"_s, u"server.crt"_s})
        QVERIFY(!bytes(file).contains("PRIVATE"));
    QVERIFY(!answer.out.contains("PRIVATE"));
}

void TestTlsCommands::files_makeAServerThatIsBelieved()
{
    QCOMPARE(make({u"--name"_s, u"auth.test"_s, u"--name"_s, u"10.0.0.7"_s}).code, Done);
    const auto context = TlsContext::load(path(u"server.crt"_s), path(u"server.key"_s));
    QVERIFY2(context, context ? "" : qPrintable(context.error().detail));
    QSslConfiguration client;
    client.setCaCertificates(QSslCertificate::fromData(bytes(u"local-ca.crt"_s)));
    TlsPair pair((*context)->configuration());
    for (const auto &name : {u"localhost"_s, u"127.0.0.1"_s, u"::1"_s, u"auth.test"_s, u"10.0.0.7"_s})
        QVERIFY2(pair.greet(client, name), qPrintable(name + pair.client().errorString()));
    QVERIFY(!pair.greet(client, u"bank.example"_s));
}

void TestTlsCommands::secondRun_keepsTheAuthority_data()
{
    QTest::addColumn<QStringList>("given");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("without names: those of the last time")
        << QStringList {} << QStringList {u"*.dev.test"_s, u"auth.test"_s, u"localhost"_s};
    QTest::newRow("with fewer names") << QStringList {u"--name"_s, u"auth.test"_s} << QStringList {u"auth.test"_s, u"localhost"_s};
    QTest::newRow("with a name below") << QStringList {u"--name"_s, u"a.auth.test"_s} << QStringList {u"a.auth.test"_s, u"localhost"_s};
}

void TestTlsCommands::secondRun_keepsTheAuthority()
{
    QFETCH(const QStringList, given);
    QFETCH(const QStringList, names);
    QCOMPARE(make({u"--name"_s, u"auth.test"_s, u"--name"_s, u"*.dev.test"_s}).code, Done);
    const auto before = everything();
    const QSslCertificate first = server();
    const auto again = make(given);
    QVERIFY2(again.code == Done && again.out.contains("nobody needs to trust it anew"), again.err + again.out);
    QCOMPARE(bytes(u"local-ca.crt"_s), before[u"local-ca.crt"_s]);
    QCOMPARE(bytes(u"local-ca.key"_s), before[u"local-ca.key"_s]);
    QVERIFY(server() != first && bytes(u"server.key"_s) != before[u"server.key"_s]);
    QStringList found = this->names();
    found.sort();
    QCOMPARE(found, names);
    QVERIFY(TlsContext::load(path(u"server.crt"_s), path(u"server.key"_s)));
    QCOMPARE(everything().size(), 4);
}

void TestTlsCommands::newName_makesANewAuthority()
{
    QCOMPARE(make({u"--name"_s, u"auth.test"_s}).code, Done);
    const auto before = everything();
    const auto again = make({u"--name"_s, u"shop.test"_s});
    QVERIFY2(again.code == Done && again.out.startsWith("Made a NEW local authority"), again.err + again.out);
    for (const QString &file : before.keys())
        QVERIFY2(bytes(file) != before[file], qPrintable(file));
    QVERIFY(names().contains(u"shop.test"_s) && !names().contains(u"auth.test"_s));
    QVERIFY(bytes(u"server.crt"_s).endsWith(bytes(u"local-ca.crt"_s)));
}

void TestTlsCommands::authority_thatEndsSoon_isReplaced()
{
    QCOMPARE(make().code, Done);
    // Signed anew by its own key, with the same extensions and an earlier end.
    const QString authority = path(u"local-ca.crt"_s);
    QProcess openssl;
    openssl.start(u"openssl"_s,
                  {u"x509"_s, u"-in"_s, authority, u"-signkey"_s, path(u"local-ca.key"_s), u"-days"_s, u"300"_s, u"-out"_s, authority});
    QVERIFY(openssl.waitForFinished() && openssl.exitCode() == 0);
    const QByteArray before = bytes(u"local-ca.crt"_s);
    const auto again = make({u"--json"_s});
    QVERIFY2(again.code == Done, again.err);
    QCOMPARE(again["authority"_L1], u"replaced"_s);
    QVERIFY(bytes(u"local-ca.crt"_s) != before);
}

void TestTlsCommands::answer_saysHowToServeAndTrust()
{
    const QByteArray said = make().out;
    const auto holds = [&](const QString &text) { return said.contains(text.toUtf8()); };
    QVERIFY2(said.startsWith("Made a local authority and a certificate"), said);
    QVERIFY2(holds(u"warderd serve --data-dir %1 --set http.tls_certificate=%2 --set http.tls_key=%3\n"_s.arg(m_data, path(u"server.crt"_s),
                                                                                                              path(u"server.key"_s))),
             said);
    QVERIFY2(holds(u"or put into %1/warder.conf:\n  http.tls_certificate = %2\n  http.tls_key = %3\n"_s.arg(m_data, path(u"server.crt"_s),
                                                                                                            path(u"server.key"_s))),
             said);
    QVERIFY2(holds(u"sudo cp %1 /usr/local/share/ca-certificates/warder-local-ca.crt && sudo update-ca-certificates\n"_s.arg(
                 path(u"local-ca.crt"_s))),
             said);
    for (const auto *each : {"Debian, Ubuntu", "Fedora", "macOS", "Windows", "Firefox", "Node, Next.js",
                             "NODE_EXTRA_CA_CERTS=", "update-ca-trust", "add-trusted-cert", "certutil -addstore"})
        QVERIFY2(said.contains(each), each);
    QVERIFY2(!holds(u"local-ca.key"_s), said); // nobody shall copy that
}

void TestTlsCommands::answer_inJson_saysTheSame()
{
    const auto answer = make({u"--json"_s, u"--name"_s, u"auth.test"_s});
    QCOMPARE(answer.code, Done);
    QCOMPARE(answer["authority"_L1], u"new"_s);
    QCOMPARE(answer["authority_file"_L1], path(u"local-ca.crt"_s));
    QCOMPARE(answer["settings"_L1]["http.tls_certificate"_L1], path(u"server.crt"_s));
    QCOMPARE(answer["settings"_L1]["http.tls_key"_L1], path(u"server.key"_s));
    QCOMPARE(answer["names"_L1].toArray(), QJsonArray({u"localhost"_s, u"auth.test"_s, u"127.0.0.1"_s, u"::1"_s}));
    QCOMPARE(answer["permitted"_L1], answer["names"_L1]);
    const auto until = [&](QLatin1StringView name) { return QDateTime::fromString(answer[name].toString(), Qt::ISODateWithMs); };
    QCOMPARE(until("certificate_until"_L1), server().expiryDate());
    QCOMPARE(until("authority_until"_L1), QSslCertificate::fromData(bytes(u"local-ca.crt"_s)).first().expiryDate());
    QCOMPARE(make({u"--json"_s})["authority"_L1], u"kept"_s);
}

void TestTlsCommands::path_withSpaces_canBePasted()
{
    m_data = m_folder->filePath(u"it's here"_s);
    const auto answer = make();
    QCOMPARE(answer.code, Done);
    const QString pasted = u"--set 'http.tls_key=%1'\n"_s.arg(path(u"server.key"_s).replace(u"'"_s, u"'\\''"_s));
    QVERIFY2(answer.out.contains(pasted.toUtf8()), answer.out);
}

void TestTlsCommands::runningServer_isNotDisturbed()
{
    WarderProcess warder(m_data);
    QVERIFY2(warder.start(), warder.log());
    QCOMPARE(make().code, Done);
    QCOMPARE(warder.client().get("/health/ready").status(), 200);
    QCOMPARE(warder.stop(), Done);
}

void TestTlsCommands::settings_areNotRead()
{
    write(u"../warder.conf"_s, "no.such.setting = 1\n");
    const auto answer = makeByProgram({}, {.environment = {u"WARDER_HTTP_THREADS=many"_s}});
    QVERIFY2(answer.code == Done, answer.err);
}

void TestTlsCommands::openEmptyDirectory_staysAsItIs()
{
    QVERIFY(QDir().mkdir(m_data) && chmod(qPrintable(m_data), 0755) == 0);
    QCOMPARE(make().code, Done);
    QCOMPARE(modeOf(m_data), 0755U);
    WarderProcess warder(m_data); // which would not take one that is open and holds other things
    QVERIFY2(warder.start(), warder.log());
    QCOMPARE(warder.stop(), Done);
}

void TestTlsCommands::wrongUsage_isRefused_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("a URL") << QStringList {u"--name"_s, u"https://a.test"_s} << u"\"https://a.test\" is no name of a host: "_s;
    QTest::newRow("the second one") << QStringList {u"--name"_s, u"a.test"_s, u"--name"_s, u"b test"_s}
                                    << u"\"b test\" is no name of a host: "_s;
    QTest::newRow("a setting") << QStringList {u"--set"_s, u"http.threads=1"_s} << u"tls make-local has no option --set"_s;
    QTest::newRow("an address") << QStringList {u"--listen"_s, u"127.0.0.1:0"_s} << u"tls make-local has no option --listen"_s;
    QTest::newRow("a word") << QStringList {u"auth.test"_s} << u"tls make-local takes: nothing"_s;
}

void TestTlsCommands::wrongUsage_isRefused()
{
    QFETCH(const QStringList, words);
    QFETCH(const QString, complaint);
    const auto answer = make(words);
    QVERIFY2(answer.complaint().startsWith("warderd: "_L1 + complaint), answer.err);
    QCOMPARE(answer.err.count('\n'), 1);
    QCOMPARE(answer.out, QByteArray());
    QCOMPARE(answer.code, WrongUsage);
    QVERIFY(!QFile::exists(m_data)); // nothing was begun
}

void TestTlsCommands::whatStandsThere_isLeftAlone_data()
{
    using Prepare = std::function<void(const TestTlsCommands &)>;
    QTest::addColumn<Prepare>("prepare");
    QTest::addColumn<QString>("told");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const Prepare &prepare, const QString &told, int code = Refused) {
        QTest::newRow(name) << prepare << told << code;
    };
    const auto foreign = makeCertificate({.isAuthority = true});
    row(
        "a certificate from elsewhere", [foreign](const auto &test) { test.write(u"server.crt"_s, foreign.certificate); },
        u"server.crt is not from a local authority: move it away"_s);
    row(
        "a key alone", [foreign](const auto &test) { test.write(u"server.key"_s, foreign.key); },
        u"server.key is there without its certificate server.crt: move it away"_s);
    row(
        "an authority from elsewhere",
        [foreign](const auto &test) {
            test.write(u"local-ca.crt"_s, foreign.certificate);
            test.write(u"local-ca.key"_s, foreign.key);
        },
        u"local-ca.crt is no authority that Warder made: move it away"_s);
    row(
        "an authority without key", [](const auto &test) { QVERIFY(QFile::remove(test.path(u"local-ca.key"_s))); },
        u"local-ca.crt is there without its key local-ca.key: move it away"_s);
    row(
        "an authority's key alone", [](const auto &test) { QVERIFY(QFile::remove(test.path(u"local-ca.crt"_s))); },
        u"local-ca.key is there without its certificate local-ca.crt: move it away"_s);
    row(
        "an authority's key of another", [foreign](const auto &test) { test.write(u"local-ca.key"_s, foreign.key); },
        u"local-ca.crt has a key that is damaged or belongs to another certificate: move it away"_s);
    row(
        "an authority's key that others read", [](const auto &test) { QCOMPARE(chmod(qPrintable(test.path(u"local-ca.key"_s)), 0640), 0); },
        u"local-ca.key can be read by others: chmod 600 it"_s);
    row(
        "an authority's key nobody may read", [](const auto &test) { QCOMPARE(chmod(qPrintable(test.path(u"local-ca.key"_s)), 0), 0); },
        u"local-ca.key cannot be read: Permission denied"_s, CannotRun);
    row(
        "a file in place of the folder",
        [](const auto &test) { QVERIFY(QDir(test.path({})).removeRecursively() && QFile::copy(u"/dev/null"_s, test.m_data + u"/tls"_s)); },
        u"/tls cannot be entered: Not a directory"_s, CannotRun);
    row(
        "a link in place of the folder",
        [](const auto &test) {
            QVERIFY(QDir().rename(test.m_data + u"/tls"_s, test.m_data + u".tls"_s)
                    && QFile::link(test.m_data + u".tls"_s, test.m_data + u"/tls"_s));
        },
        u"/tls cannot be entered: "_s, CannotRun);
    row(
        "a link in place of a key",
        [](const auto &test) {
            QVERIFY(QFile::rename(test.path(u"local-ca.key"_s), test.m_data + u".key"_s)
                    && QFile::link(test.m_data + u".key"_s, test.path(u"local-ca.key"_s)));
        },
        u"local-ca.key is not a regular file: move it away"_s);
    row(
        "a data directory for all, with other things",
        [](const auto &test) {
            QVERIFY(QFile::copy(u"/dev/null"_s, test.m_data + u"/letter"_s) && chmod(qPrintable(test.m_data), 0755) == 0);
        },
        u"choose another data directory, or run chmod 700 on it"_s, CannotRun);
}

void TestTlsCommands::whatStandsThere_isLeftAlone()
{
    QFETCH(const std::function<void(const TestTlsCommands &)>, prepare);
    QFETCH(const QString, told);
    QFETCH(const int, code);
    const bool alone = told.startsWith("server."_L1);
    if (!alone)
        QCOMPARE(make().code, Done);
    prepare(*this);
    const auto before = everything();
    const auto answer = makeByProgram({u"--name"_s, u"auth.test"_s}, {.asOrdinaryUser = true});
    QVERIFY2(answer.complaint().contains(told) && answer.complaint().contains(m_data), answer.err);
    QCOMPARE(answer.err.count('\n'), 1);
    QCOMPARE(answer.out, QByteArray());
    QCOMPARE(answer.code, code);
    QCOMPARE(everything(), before);
}

void TestTlsCommands::unwritableFolder_keepsTheOldFiles()
{
    QCOMPARE(make().code, Done);
    const auto before = everything();
    QCOMPARE(chmod(qPrintable(m_data + u"/tls"_s), 0500), 0);
    const auto answer = makeByProgram({u"--name"_s, u"auth.test"_s}, {.asOrdinaryUser = true});
    QCOMPARE(chmod(qPrintable(m_data + u"/tls"_s), 0700), 0);
    QVERIFY2(answer.complaint().contains(u"local-ca.key cannot be written: "_s), answer.err);
    QCOMPARE(answer.code, CannotRun);
    QCOMPARE(everything(), before);
}

void TestTlsCommands::runsAtOnce_waitForEachOther()
{
    QCOMPARE(make().code, Done);
    const auto before = everything();
    const int folder = open(qPrintable(m_data + u"/tls"_s), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    QVERIFY(flock(folder, LOCK_EX) == 0); // as another run has it
    QProcess second;
    second.start(WarderProcess::program(), {u"tls"_s, u"make-local"_s, u"--data-dir"_s, m_data});
    QVERIFY(second.waitForStarted() && !second.waitForFinished(1'500));
    QCOMPARE(everything(), before);
    close(folder);
    QVERIFY(second.waitForFinished());
    QCOMPARE(second.exitCode(), Done);
    QVERIFY(everything() != before);
}

void TestTlsCommands::runsAtOnce_leaveAPairThatFits()
{
    QList<QStringList> lines;
    for (const auto &name : {u"a.test"_s, u"b.test"_s, u"c.test"_s, u"d.test"_s, u"e.test"_s, u"f.test"_s})
        lines += {u"tls"_s, u"make-local"_s, u"--data-dir"_s, m_data, u"--name"_s, name};
    for (const ProgramAnswer &answer : runTogether(lines))
        QVERIFY2(answer.code == Done, answer.err);
    QVERIFY(TlsContext::load(path(u"server.crt"_s), path(u"server.key"_s)));
    QVERIFY(bytes(u"server.crt"_s).endsWith(bytes(u"local-ca.crt"_s)));
    QCOMPARE(make({u"--json"_s})["authority"_L1], u"kept"_s);
    QCOMPARE(everything().size(), 4);
}

QTEST_GUILESS_MAIN(TestTlsCommands)
#include "TestTlsCommands.moc"
