#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "ui/keys/KeysPage.h"
#include "ui/keys/MasterKeyLine.h"

#include <QAbstractButton>
#include <QLabel>
#include <QMessageBox>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The line of the page Keys that says where the master key is.
class TestMasterKeyLine : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void line_saysWhereItIs_data();
    void line_saysWhereItIs();
    void move_saysItsEffect_data();
    void move_saysItsEffect();
    void rotation_saysItsEffect();
    void elsewhere_theCommandNamesItsMachine();
    void escape_doesNothing_data();
    void escape_doesNothing();
    void failure_isSaid();

private:
    static MasterKeyLine *lineOf(KeysPage &page) { return page.findChild<MasterKeyLine *>(); }
    static QAbstractButton *find(KeysPage &page, const QString &text);
    static QMessageBox *press(QAbstractButton *button, KeysPage &page);
};

QAbstractButton *TestMasterKeyLine::find(KeysPage &page, const QString &text)
{
    for (auto *button : lineOf(page)->findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->text().remove(u'&') == text)
            return button;
    }
    return nullptr;
}

QMessageBox *TestMasterKeyLine::press(QAbstractButton *button, KeysPage &page)
{
    button->setFocus();
    test::press(Qt::Key_Space);
    settle();
    auto *box = page.findChild<QMessageBox *>(u"confirm"_s);
    return box && box->isVisible() ? box : nullptr;
}

void TestMasterKeyLine::line_saysWhereItIs_data()
{
    QTest::addColumn<MasterKeySource>("source");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("move");
    QTest::newRow("file") << MasterKeySource::File << u"in a file beside the database"_s << u"Move to the keychain…"_s;
    QTest::newRow("keychain") << MasterKeySource::Keychain << u"in the keychain"_s << u"Move to a file…"_s;
    QTest::newRow("credential") << MasterKeySource::Credential << u"a credential of systemd"_s << QString();
    QTest::newRow("environment") << MasterKeySource::Environment << u"in an environment variable"_s << QString();
}

void TestMasterKeyLine::line_saysWhereItIs()
{
    QFETCH(const MasterKeySource, source);
    QFETCH(const QString, words);
    QFETCH(const QString, move);
    m_scene->console.masterKey.source = source;
    if (move.isEmpty())
        m_scene->console.masterKey.whyReadOnly = u"it is only read there"_s;
    const auto page = openPage<KeysPage>(*m_scene);
    const auto *label = lineOf(*page)->findChild<QLabel *>();
    QVERIFY2(label->text().contains(words) && !label->text().contains("another copy"_L1), qPrintable(label->text()));
    QCOMPARE(find(*page, u"Move to the keychain…"_s) != nullptr, source == MasterKeySource::File);
    QCOMPARE(find(*page, u"Move to a file…"_s) != nullptr, source == MasterKeySource::Keychain);
    QCOMPARE(find(*page, u"Rotate…"_s)->isEnabled(), !move.isEmpty());
    m_scene->console.masterKey.alsoAt = {u"the file /data/old"_s};
    page->refresh();
    settle();
    QVERIFY2(label->text().endsWith("; another copy is not used"_L1), qPrintable(label->text()));
}

void TestMasterKeyLine::move_saysItsEffect_data()
{
    QTest::addColumn<MasterKeySource>("from");
    QTest::addColumn<QString>("button");
    QTest::addColumn<QString>("effect");
    QTest::addColumn<QString>("order");
    QTest::addColumn<QString>("said");
    QTest::newRow("to the keychain") << MasterKeySource::File << u"Move to the keychain…"_s
                                     << u"the server starts only where that keychain is open"_s << u"moveMasterKey keychain"_s
                                     << u"in the keychain"_s;
    QTest::newRow("to a file") << MasterKeySource::Keychain << u"Move to a file…"_s << u"can sign tokens"_s << u"moveMasterKey file"_s
                               << u"in a file beside the database"_s;
}

void TestMasterKeyLine::move_saysItsEffect()
{
    QFETCH(const MasterKeySource, from);
    QFETCH(const QString, button);
    QFETCH(const QString, effect);
    QFETCH(const QString, order);
    QFETCH(const QString, said);
    m_scene->console.masterKey.source = from;
    const auto page = openPage<KeysPage>(*m_scene);
    const QSignalSpy done(page.get(), &Page::done);
    const QMessageBox *box = press(find(*page, button), *page);
    QVERIFY(box);
    QVERIFY2(box->informativeText().contains(effect), qPrintable(box->informativeText()));
    QCOMPARE(m_scene->console.askedCount(u"moveMasterKey"_s), 0);
    test::press(Qt::Key_Return);
    settle();
    QCOMPARE(m_scene->console.asked.filter(u"moveMasterKey"_s), QStringList {order});
    QCOMPARE(done.size(), 1);
    QVERIFY2(done.first().first().toString().endsWith(said), qPrintable(done.first().first().toString()));
    QVERIFY(!find(*page, button)); // it leads back now
}

void TestMasterKeyLine::rotation_saysItsEffect()
{
    const auto page = openPage<KeysPage>(*m_scene);
    const QSignalSpy done(page.get(), &Page::done);
    const QMessageBox *box = press(find(*page, u"Rotate…"_s), *page);
    QVERIFY(box);
    QVERIFY2(box->informativeText().contains("Copies of the database from before need the key of before"_L1),
             qPrintable(box->informativeText()));
    test::press(Qt::Key_Return);
    settle();
    QCOMPARE(m_scene->console.askedCount(u"rotateMasterKey"_s), 1);
    QCOMPARE(done.size(), 1);
    QVERIFY2(done.first().first().toString().contains("version 2, check code 8587-7295"_L1), qPrintable(done.first().first().toString()));
}

void TestMasterKeyLine::elsewhere_theCommandNamesItsMachine()
{
    const QString machine = u"root@auth.example.com"_s;
    const QString command = u"warderd master-key export"_s;
    const MasterKeyView key {.source = MasterKeySource::File, .place = {}, .checkCode = u"8587-7295"_s};
    for (QString text : {MasterKeyLine::beforeRotation(machine).effect, MasterKeyLine::rotated(key, machine),
                         MasterKeyLine::beforeMove(MasterKeySource::Keychain, machine).effect}) {
        text.remove(u'\u200b');
        QVERIFY2(text.contains(command + u" on "_s + machine), qPrintable(text));
    }
    QVERIFY(MasterKeyLine::beforeRotation({}).effect.contains(u"("_s + command + u")"_s));
}

void TestMasterKeyLine::escape_doesNothing_data()
{
    QTest::addColumn<QString>("button");
    QTest::newRow("rotate") << u"Rotate…"_s;
    QTest::newRow("move") << u"Move to the keychain…"_s;
}

void TestMasterKeyLine::escape_doesNothing()
{
    QFETCH(const QString, button);
    const auto page = openPage<KeysPage>(*m_scene);
    QVERIFY(press(find(*page, button), *page));
    test::press(Qt::Key_Escape);
    settle();
    QCOMPARE(m_scene->console.askedCount(u"MasterKey"_s), 0);
}

void TestMasterKeyLine::failure_isSaid()
{
    m_scene->console.failNext(u"moveMasterKey"_s, {.code = ErrorCode::CryptoFailure, .detail = u"the keychain did not answer"_s});
    const auto page = openPage<KeysPage>(*m_scene);
    const QSignalSpy done(page.get(), &Page::done);
    const QSignalSpy problems(page.get(), &Page::problemsChanged);
    QVERIFY(press(find(*page, u"Move to the keychain…"_s), *page));
    test::press(Qt::Key_Return);
    settle();
    QCOMPARE(done.size(), 0);
    QVERIFY(!problems.isEmpty());
    QVERIFY(lineOf(*page)->findChild<QLabel *>()->text().contains("in a file"_L1)); // what is shown is what is so
}

QTEST_MAIN(TestMasterKeyLine)
#include "TestMasterKeyLine.moc"
