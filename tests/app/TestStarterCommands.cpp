#include "app/cli/ExitCode.h"
#include "tests/app/CommandHere.h"
#include "tests/app/WarderProcess.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What an installation hands out: the Next.js starter, and the package in it.
class TestStarterCommands : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void starter_isCopied_data();
    void starter_isCopied();
    void starter_spoilsNothing_data();
    void starter_spoilsNothing();
    void starter_comesWholeOrNotAtAll();
    void package_isCopied();
    void package_spoilsNothing();
    void withoutAnything_isSaid();
    void options_areNone();
    void build_knowsItsOwn();

private:
    void write(const QString &path, const QByteArray &text = "text\n") const;
    QString at(const QString &path) const { return m_folder->filePath(path); }
    QStringList in(const QString &path) const
    {
        return QDir(at(path)).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
    }
    ProgramAnswer run(const QStringList &words) const
    {
        return runHere(
            words, {},
            {.systemData = at(u"var/lib/warder"_s), .systemConfig = at(u"etc/warder/warder.conf"_s), .shared = at(u"usr/share/warder"_s)});
    }
    ProgramAnswer runAsOrdinaryUser(const QStringList &words) const
    {
        return runWarderd(
            words,
            {.environment = {u"TEST_ROOT="_s + m_folder->path()}, .asOrdinaryUser = true, .program = WarderProcess::programElsewhere()});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_package;
};

void TestStarterCommands::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_package = u"warder-nextjs-%1.tgz"_s.arg(QStringLiteral(WARDER_VERSION));
    write(u"usr/share/warder/"_s + m_package, "packed\n");
    for (const QString &name : {u"package.json"_s, u".env.example"_s, u".env.local"_s, u"warder-nextjs.tgz"_s, u"a.tsbuildinfo"_s,
                                u"app/api/[...warder]/route.ts"_s, u"node_modules/next/index.js"_s})
        write(u"usr/share/warder/starter/"_s + name);
    write(u"usr/share/warder/starter/.gitignore"_s, "/node_modules/\n/.env.local\n*.tsbuildinfo\n");
    QVERIFY(QFile::setPermissions(at(u"usr/share/warder/starter/app"_s), QFile::Permissions(0x7755)));
}

void TestStarterCommands::write(const QString &path, const QByteArray &text) const
{
    QVERIFY(QDir().mkpath(QFileInfo(at(path)).path()));
    QFile file(at(path));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    QVERIFY(file.setPermissions(QFile::Permissions(0x6644)));
}

void TestStarterCommands::starter_isCopied_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("typed");
    QTest::newRow("new") << u"my-app"_s << u"my-app"_s;
    QTest::newRow("new, with a slash") << u"my-app/"_s << u"my-app"_s;
    QTest::newRow("new, below what is not there") << u"a/b/my app"_s << u"a/b/my app"_s;
    QTest::newRow("empty") << u"empty"_s << u"empty"_s;
}

void TestStarterCommands::starter_isCopied()
{
    QFETCH(const QString, place);
    QFETCH(const QString, typed);
    QVERIFY(QDir(m_folder->path()).mkdir(u"empty"_s));
    const auto answer = run({u"starter"_s, at(place)});
    QVERIFY2(answer.code == Done, answer.err);
    QVERIFY2(answer.out.startsWith("The starter is in " + at(typed).toUtf8() + ". Next:\n  cd "), answer.out);
    QVERIFY2(answer.out.contains(typed.contains(u' ') ? "my app'\n" : "cd " + at(typed).toUtf8() + '\n'), answer.out);
    QVERIFY2(answer.out.endsWith("\n  cp .env.example .env.local   # where Warder is\n  npm ci\n  npm run dev\n"), answer.out);
    QCOMPARE(in(typed), (QStringList {u".env.example"_s, u".gitignore"_s, u"app"_s, u"package.json"_s, u"warder-nextjs.tgz"_s}));
    QCOMPARE(in(typed + u"/app/api/[...warder]"_s), QStringList {u"route.ts"_s});
    const auto permissionsOf = [&](const QString &path) { return QFileInfo(at(typed + path)).permissions() & QFile::Permissions(0x7077); };
    QCOMPARE(permissionsOf(u"/app"_s), QFile::Permissions(0x7055)); // not those of a program that keeps secrets
    QCOMPARE(permissionsOf(u"/package.json"_s), QFile::Permissions(0x6044));
    QVERIFY(QDir(QFileInfo(at(typed)).path()).entryList({u"*.??????"_s}, QDir::AllEntries | QDir::Hidden).isEmpty());
}

void TestStarterCommands::starter_spoilsNothing_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("complaint");
    const QString there = u"is there already, and no empty folder"_s;
    QTest::newRow("a folder with something") << u"full"_s << there;
    QTest::newRow("a folder with something hidden") << u"hidden"_s << there;
    QTest::newRow("a file") << u"full/file"_s << there;
    QTest::newRow("below a file") << u"full/file/app"_s << QString();
}

void TestStarterCommands::starter_spoilsNothing()
{
    QFETCH(const QString, place);
    QFETCH(const QString, complaint);
    write(u"full/file"_s);
    write(u"hidden/.git"_s);
    const auto answer = run({u"starter"_s, at(place)});
    QCOMPARE(answer.code, Refused);
    QVERIFY2(answer.complaint().startsWith(u"warderd: %1: "_s.arg(at(place))) && answer.complaint().endsWith(complaint), answer.err);
    QCOMPARE(answer.err.count('\n'), 1);
    QCOMPARE(in(u"full"_s), QStringList {u"file"_s});
    QCOMPARE(in(u"hidden"_s), QStringList {u".git"_s});
}

void TestStarterCommands::starter_comesWholeOrNotAtAll()
{
    QVERIFY(QFile::setPermissions(at(u"usr/share/warder/starter/app/api/[...warder]/route.ts"_s), QFile::Permissions()));
    QVERIFY(QDir(m_folder->path()).mkpath(u"apps/empty"_s));
    for (const QString &place : {u"apps/new"_s, u"apps/empty"_s}) {
        const auto answer = runAsOrdinaryUser({u"starter"_s, at(place)});
        QCOMPARE(answer.code, Refused);
        QVERIFY2(answer.complaint().contains(u"/app/api/[...warder]/route.ts: "_s), answer.err);
        QCOMPARE(in(u"apps"_s), QStringList {u"empty"_s});
        QCOMPARE(in(u"apps/empty"_s), QStringList());
    }
}

void TestStarterCommands::package_isCopied()
{
    write(u"my app/package.json"_s);
    const auto answer = run({u"nextjs-package"_s, at(u"my app"_s)});
    QVERIFY2(answer.code == Done, answer.err);
    QCOMPARE(answer.out,
             u"The package is %1/%2. Next:\n  cd '%1'\n  npm install ./%2\nand commit that file, which package.json then names.\n"_s
                 .arg(at(u"my app"_s), m_package)
                 .toUtf8());
    QFile file(at(u"my app/"_s + m_package));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "packed\n");
    QCOMPARE(in(u"my app"_s), (QStringList {u"package.json"_s, m_package}));
}

void TestStarterCommands::package_spoilsNothing()
{
    write(u"app/"_s + m_package, "theirs\n");
    QCOMPARE(run({u"nextjs-package"_s, at(u"app"_s)}).code, Refused);
    QFile file(at(u"app/"_s + m_package));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "theirs\n");
    const auto nowhere = run({u"nextjs-package"_s, at(u"ap"_s)});
    QCOMPARE(nowhere.code, Refused);
    QCOMPARE(nowhere.complaint(), u"warderd: %1: is no folder: name that of the app"_s.arg(at(u"ap"_s)));
    QVERIFY(!QFile::exists(at(u"ap"_s)));
}

void TestStarterCommands::withoutAnything_isSaid()
{
    QVERIFY(QFile::remove(at(u"usr/share/warder/starter/warder-nextjs.tgz"_s)) && QFile::remove(at(u"usr/share/warder/"_s + m_package)));
    for (const QString &command : {u"starter"_s, u"nextjs-package"_s}) {
        const auto answer = run({command, at(u"app"_s)});
        QCOMPARE(answer.code, Refused);
        QVERIFY2(answer.complaint().startsWith(u"warderd: %1"_s.arg(at(u"usr/share/warder/"_s))), answer.err);
        QVERIFY2(answer.complaint().endsWith("in Warder's sources packaging/starter makes it"_L1), answer.err);
        QVERIFY(!QFile::exists(at(u"app"_s)));
    }
}

void TestStarterCommands::options_areNone()
{
    for (const QString &option : {u"--data-dir=/x"_s, u"--json"_s, u"--set=a=b"_s})
        QCOMPARE(run({u"starter"_s, at(u"app"_s), option}).complaint(),
                 u"warderd: starter has no option %1 (see `warderd help starter`)"_s.arg(option.section(u'=', 0, 0)));
    QCOMPARE(run({u"starter"_s}).code, WrongUsage);
    QCOMPARE(run({u"starter"_s, u""_s}).code, WrongUsage);
}

void TestStarterCommands::build_knowsItsOwn()
{
    const QDir shared(QFileInfo(WarderProcess::program()).path() + u"/../share/warder"_s);
    QVERIFY(shared.exists(u"starter/package.json"_s));
    const auto answer = runWarderd({u"starter"_s, at(u"app"_s)});
    const bool isPacked = shared.exists(u"starter/warder-nextjs.tgz"_s); // npm's work
    QCOMPARE(answer.code, isPacked ? Done : Refused);
    QCOMPARE(QFile::exists(at(u"app/package.json"_s)), isPacked);
    QVERIFY2(isPacked || answer.complaint().contains(u"no starter with its package"_s), answer.err);
}

QTEST_GUILESS_MAIN(TestStarterCommands)
#include "TestStarterCommands.moc"
