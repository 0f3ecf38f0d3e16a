#include "core/credentials/RecoveryCodes.h"
#include "core/storage/Database.h"
#include "tests/support/WorldTest.h"

#include <QRegularExpression>
#include <QTest>

#include <barrier>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Codes that stand in for a lost phone.
class TestRecoveryCodes : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void codes_areTenOfThirtyCharacters();
    void code_isGoodOnce_asItIsTyped_data();
    void code_isGoodOnce_asItIsTyped();
    void code_ofAnotherAccount_isWrong();
    void newCodes_voidTheOld();
    void key_isMadeOnce_alsoByManyThreads();
    void database_holdsNoCode();

private:
    RecoveryCodes &codes() { return m_world->core->recoveryCodes; }
    FreshRecoveryCodes give(Id user)
    {
        const auto fresh = codes().prepare(user).value();
        const auto stored =
            m_world->database->write([&](Transaction &transaction) { return RecoveryCodes::store(transaction, user, fresh); });
        return stored ? fresh : FreshRecoveryCodes();
    }
    bool spend(Id user, const QString &typed)
    {
        const QByteArray hash = codes().hashOf(user, typed).value();
        return m_world->database->write([&](Transaction &transaction) { return RecoveryCodes::spend(transaction, user, hash); }).value();
    }
};

void TestRecoveryCodes::codes_areTenOfThirtyCharacters()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    QString all;
    static const QRegularExpression form(u"^[2-9a-hjkmnp-tv-z]{5}-[2-9a-hjkmnp-tv-z]{5}$"_s);
    for (int i = 0; i < 30; ++i) {
        const QStringList made = codes().prepare(ann.id).value().codes;
        QCOMPARE(QSet(made.begin(), made.end()).size(), 10);
        for (const QString &code : made) {
            QVERIFY2(form.match(code).hasMatch(), qPrintable(code));
            all += code;
        }
    }
    QCOMPARE(QSet(all.begin(), all.end()).size(), 30 + 1); // each character comes, and the hyphen
}

void TestRecoveryCodes::code_isGoodOnce_asItIsTyped_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<bool>("upper");
    QTest::addColumn<bool>("hyphen");
    QTest::newRow("as it is shown") << u""_s << false << true;
    QTest::newRow("without hyphen") << u""_s << false << false;
    QTest::newRow("in capitals") << u""_s << true << true;
    QTest::newRow("with blanks") << u" \t"_s << false << true;
}

void TestRecoveryCodes::code_isGoodOnce_asItIsTyped()
{
    QFETCH(QString, before);
    QFETCH(bool, upper);
    QFETCH(bool, hyphen);
    const User ann = m_world->add(u"ann@example.com"_s);
    QString code = give(ann.id).codes[3];
    if (!hyphen)
        code.remove(u'-');
    const QString typed = before + (upper ? code.toUpper() : code);
    QVERIFY(spend(ann.id, typed));
    QVERIFY(!spend(ann.id, typed));
    QVERIFY(!spend(ann.id, typed.chopped(1)));
    QVERIFY(!spend(ann.id, QString()));
}

void TestRecoveryCodes::code_ofAnotherAccount_isWrong()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    const User bob = m_world->add(u"bob@example.com"_s);
    const auto hers = give(ann.id);
    give(bob.id);
    QVERIFY(!spend(bob.id, hers.codes[0]));
    QVERIFY(spend(ann.id, hers.codes[0]));
}

void TestRecoveryCodes::newCodes_voidTheOld()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    const auto old = give(ann.id);
    const auto fresh = give(ann.id);
    QVERIFY(!spend(ann.id, old.codes[0]));
    QVERIFY(spend(ann.id, fresh.codes[0]));
}

void TestRecoveryCodes::key_isMadeOnce_alsoByManyThreads()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    std::mutex mutex;
    QSet<QByteArray> hashes;
    std::barrier together(16);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&] {
            together.arrive_and_wait();
            const QByteArray hash = codes().hashOf(ann.id, u"k4f7h-2m9xq"_s).value();
            const std::scoped_lock lock(mutex);
            hashes += hash;
        });
    threads.clear();
    QCOMPARE(hashes.size(), 1);
    reopen();
    QVERIFY(hashes.contains(codes().hashOf(ann.id, u"K4F7H2M9XQ"_s).value()));
}

void TestRecoveryCodes::database_holdsNoCode()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    const auto fresh = give(ann.id);
    m_world.reset();
    QFile database(m_folder->filePath(u"warder.db"_s));
    QVERIFY(database.open(QIODevice::ReadOnly));
    const QByteArray bytes = database.readAll();
    QVERIFY(bytes.contains(fresh.hashes[0]));
    for (const QString &code : fresh.codes)
        QVERIFY(!bytes.contains(code.toLatin1()) && !bytes.contains(QString(code).remove(u'-').toLatin1()));
}

QTEST_GUILESS_MAIN(TestRecoveryCodes)
#include "TestRecoveryCodes.moc"
