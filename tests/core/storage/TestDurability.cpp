#include "core/storage/Database.h"

#include <QCoreApplication>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace warder;
using namespace Qt::StringLiterals;

/// Kills a process in the middle of its writing and looks for every write it had acknowledged.
class TestDurability : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsAcknowledged_survivesAKill();

private:
    static QByteArrayList killedAmidWriting(const QString &path, int round, int lines);
    static QSet<QByteArray> keysIn(const QString &path);
};

namespace {

/// The child: eight threads write pairs of rows, and say so on stdout once they are acknowledged, until somebody kills it.
int writeForEver(const QString &path, const QString &round)
{
    const auto database = Database::open(path);
    if (!database)
        return 1;
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0;; ++i) {
                const QString key = u"%1.%2.%3"_s.arg(round).arg(t).arg(i);
                const auto done = (*database)->write([&](DbConnection &connection) -> Result<qint64> {
                    const QString sql = u"INSERT INTO facts (key, value) VALUES (?, x'00')"_s;
                    return connection.run(sql, {key}).and_then([&](qint64) { return connection.run(sql, {u"twin of "_s + key}); });
                });
                if (!done || std::puts(qPrintable(key)) < 0)
                    std::_Exit(1);
                std::fflush(stdout);
            }
        });
    }
    return 0;
}

} // namespace

QByteArrayList TestDurability::killedAmidWriting(const QString &path, int round, int lines)
{
    QProcess writer;
    writer.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    writer.start(QCoreApplication::applicationFilePath(), {u"--write"_s, path, QString::number(round)});
    QByteArray said;
    while (said.count('\n') < lines && writer.waitForReadyRead(60'000))
        said += writer.readAllStandardOutput();
    writer.kill();
    writer.waitForFinished(-1);
    said += writer.readAllStandardOutput();
    said.truncate(said.lastIndexOf('\n') + 1);
    QByteArrayList keys = said.split('\n');
    keys.removeLast();
    return keys;
}

QSet<QByteArray> TestDurability::keysIn(const QString &path)
{
    const auto database = Database::open(path).value();
    const auto keys = database->reader().all(u"SELECT key FROM facts"_s, {}, [](const Row &row) { return row.text(0).toUtf8(); }).value();
    return {keys.begin(), keys.end()};
}

void TestDurability::whatIsAcknowledged_survivesAKill()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"x.db"_s);
    QByteArrayList acknowledged;
    for (int round = 0; round < 6; ++round) {
        const QByteArrayList said = killedAmidWriting(path, round, 20 + 50 * round);
        QVERIFY(said.size() >= 20 + 50 * round);
        acknowledged += said;
        const QSet<QByteArray> kept = keysIn(path);
        for (const QByteArray &key : std::as_const(acknowledged))
            QVERIFY2(kept.contains(key) && kept.contains("twin of " + key), key.constData());
        for (const QByteArray &key : kept) // no half of a write either
            QVERIFY2(key.startsWith("twin") || kept.contains("twin of " + key), key.constData());
        const auto database = Database::open(path).value();
        QCOMPARE(database->reader().one(u"PRAGMA integrity_check"_s, {}, [](const Row &row) { return row.text(0); }).value(), u"ok"_s);
    }
}

int main(int count, char **arguments)
{
    QCoreApplication application(count, arguments);
    const QStringList given = QCoreApplication::arguments();
    if (given.size() == 4 && given.at(1) == "--write"_L1)
        return writeForEver(given.at(2), given.at(3));
    TestDurability test;
    return QTest::qExec(&test, count, arguments);
}

#include "TestDurability.moc"
