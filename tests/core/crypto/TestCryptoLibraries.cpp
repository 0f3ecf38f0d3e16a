#include "core/crypto/CryptoLibraries.h"

#include <QProcess>
#include <QTest>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace warder;

class TestCryptoLibraries : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void check_passesHere();
    void check_refusesQcaWithoutItsPlugin();
};

void TestCryptoLibraries::check_passesHere()
{
    const CryptoLibraries libraries;
    const auto fit = libraries.check();
    QVERIFY2(fit, qPrintable(fit ? QString() : fit.error().detail));
}

void TestCryptoLibraries::check_refusesQcaWithoutItsPlugin()
{
    // QCA reads the variable once in a process, so this program runs itself again.
    QProcess child;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QCA_NO_PLUGINS"_s, u"1"_s);
    environment.insert(u"WARDER_TEST_CHILD"_s, u"1"_s);
    child.setProcessEnvironment(environment);
    child.start(QCoreApplication::applicationFilePath(), {});
    QVERIFY(child.waitForFinished(-1));
    QCOMPARE(child.exitStatus(), QProcess::NormalExit);
    QCOMPARE(child.exitCode(), 0);
    QCOMPARE(child.readAllStandardOutput().trimmed(), "QCA has no OpenSSL plugin: install libqca-qt6-plugins"_ba);
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (qEnvironmentVariableIsSet("WARDER_TEST_CHILD")) {
        const auto fit = CryptoLibraries().check();
        std::puts(fit ? "fit" : qPrintable(fit.error().detail));
        return fit ? 1 : 0;
    }
    TestCryptoLibraries test;
    return QTest::qExec(&test, argc, argv);
}

#include "TestCryptoLibraries.moc"
