#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/keys/KeyImportDialog.h"
#include "ui/keys/KeysPage.h"
#include "ui/support/Times.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestKeyImportDialog : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void pasted_isImported();
    void file_isImported();
    void former_hasAnEnd();
    void refusal_staysInTheDialog_data();
    void refusal_staysInTheDialog();
    void source_isOne_data();
    void source_isOne();
    void escape_forgets();

private:
    QString written(const QByteArray &bytes) const;
    QString fault() const;
    QLineEdit *edit(const QString &name) const { return m_dialog->findChild<QLineEdit *>(name); }
    QPlainTextEdit *pasted() const { return m_dialog->findChild<QPlainTextEdit *>(u"pasted"_s); }
    void send() const { QTest::keyClick(m_dialog, Qt::Key_Return); }

    std::unique_ptr<KeysPage> m_page;
    QPointer<KeyImportDialog> m_dialog;
};

void TestKeyImportDialog::init()
{
    PageTest::init();
    m_page = openPage<KeysPage>(*m_scene);
    button(*m_page, u"Import key…"_s)->setFocus();
    press(Qt::Key_Space);
    m_dialog = m_page->findChild<KeyImportDialog *>();
    QVERIFY(m_dialog && m_dialog->isVisible());
    QVERIFY(comesInFront(m_dialog));
}

void TestKeyImportDialog::cleanup() { m_page.reset(); }

QString TestKeyImportDialog::written(const QByteArray &bytes) const
{
    QFile file(m_scene->folder.filePath(u"key.pem"_s));
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
}

/// Whatever the dialog says to be wrong.
QString TestKeyImportDialog::fault() const
{
    QString said = m_dialog->findChild<QLabel *>(u"fault"_s)->text();
    return said.isEmpty() ? edit(u"file"_s)->accessibleDescription() : said;
}

void TestKeyImportDialog::pasted_isImported()
{
    pasted()->setFocus();
    QTest::keyClicks(pasted(), u"KEY"_s);
    edit(u"passphrase"_s)->setFocus();
    QTest::keyClicks(edit(u"passphrase"_s), u"secret"_s);
    QCOMPARE(edit(u"passphrase"_s)->echoMode(), QLineEdit::Password);
    for (int i = 0; i < 2; ++i)
        QTest::keyClick(m_dialog->findChild<QComboBox *>(u"algorithm"_s), Qt::Key_Down);
    send();
    QTRY_COMPARE(m_scene->console.askedCount(u"importKey KEY|secret|PS256"_s), 1);
    QTRY_VERIFY(!m_dialog);
    QTRY_COMPARE(messageOf(*m_page), u"imported stands by: it signs access tokens after the next rotation."_s);
    QCOMPARE(tableOf(*m_page, u"Key ring"_s)->model()->rowCount(), 6);
}

void TestKeyImportDialog::file_isImported()
{
    QTest::keyClicks(edit(u"file"_s), written("{\"kty\":\"EC\"}\n"));
    send();
    QTRY_COMPARE(m_scene->console.askedCount(u"importKey {\"kty\":\"EC\"}\n||-"_s), 1);
    QTRY_VERIFY(!m_dialog);
}

void TestKeyImportDialog::former_hasAnEnd()
{
    QTest::keyClick(m_dialog->findChild<QComboBox *>(u"kind"_s), Qt::Key_Down);
    QVERIFY(!edit(u"passphrase"_s)->isVisible());
    auto *days = m_dialog->findChild<QSpinBox *>(u"days"_s);
    QCOMPARE(days->value(), 30);
    QTest::keyClick(days, Qt::Key_PageDown);
    QTest::keyClick(days, Qt::Key_PageDown);
    QCOMPARE(days->value(), 10);
    QVERIFY(m_dialog->findChild<QLabel *>(u"end"_s)->text().contains(Times::brief(m_scene->clock.now() + std::chrono::days {10})));
    pasted()->setFocus();
    QTest::keyClicks(pasted(), u" of-old "_s);
    send();
    QTRY_COMPARE(m_scene->console.askedCount(u"importFormer of-old 864000"_s), 1);
    QTRY_COMPARE(messageOf(*m_page), u"former verifies tokens of the former backend until %1."_s.arg(
                                         Times::brief(m_scene->clock.now() + std::chrono::days {10})));
}

void TestKeyImportDialog::refusal_staysInTheDialog_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("said");
    QTest::newRow("input") << ErrorCode::InvalidInput
                           << u"The server did not accept this. The reason: “the passphrase is not that of the key”"_s;
    QTest::newRow("conflict") << ErrorCode::Conflict << u"This key is not taken. The reason: “the passphrase is not that of the key”"_s;
}

void TestKeyImportDialog::refusal_staysInTheDialog()
{
    QFETCH(ErrorCode, code);
    QTest::keyClicks(pasted(), u"KEY"_s);
    QTest::keyClicks(edit(u"passphrase"_s), u"wrong"_s);
    m_scene->console.failNext(u"importKey"_s, {.code = code, .detail = u"the passphrase is not that of the key"_s});
    send();
    QTRY_VERIFY(!fault().isEmpty());
    QTEST(fault(), "said");
    QVERIFY(m_dialog && m_dialog->isVisible());
    QCOMPARE(pasted()->toPlainText(), u"KEY"_s);
    QCOMPARE(edit(u"passphrase"_s)->text(), u"wrong"_s);
    QVERIFY(pasted()->hasFocus());
    send();
    QTRY_COMPARE(m_scene->console.askedCount(u"importKey"_s), 2);
}

void TestKeyImportDialog::source_isOne_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("path"); // "": the file with the content
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said");
    const QByteArray none;
    QTest::newRow("nothing") << none << u"-"_s << QString() << u"Choose a file, or paste the key's text below."_s;
    QTest::newRow("both") << QByteArray("KEY") << QString() << u"KEY"_s << u"There is a file and a text: remove one of them."_s;
    QTest::newRow("no file") << none << u"/nowhere/key.pem"_s << QString() << u"There is no such file."_s;
    QTest::newRow("a folder") << none << u"/"_s << QString() << u"There is no such file."_s;
    QTest::newRow("a device without an end") << none << u"/dev/zero"_s << QString() << u"There is no such file."_s;
    QTest::newRow("too large") << QByteArray(64 * 1024 + 1, 'k') << QString() << QString()
                               << u"It is larger than 64 KiB: that is no key."_s;
    QTest::newRow("empty") << QByteArray(" \n") << QString() << QString() << u"It is empty."_s;
}

void TestKeyImportDialog::source_isOne()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, path);
    QFETCH(QString, text);
    if (path.isEmpty())
        path = written(content);
    if (path != "-"_L1)
        QTest::keyClicks(edit(u"file"_s), path);
    QTest::keyClicks(pasted(), text);
    edit(u"file"_s)->setFocus();
    send();
    QTEST(fault(), "said");
    QVERIFY(settle());
    QCOMPARE(m_scene->console.askedCount(u"importKey"_s), 0);
    QCOMPARE(pasted()->toPlainText(), text);
}

void TestKeyImportDialog::escape_forgets()
{
    QTest::keyClicks(pasted(), u"KEY"_s);
    QTest::keyClick(m_dialog, Qt::Key_Escape);
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(m_scene->console.askedCount(u"importKey"_s), 0);
    for (const QString &key : m_scene->memory.allKeys())
        QVERIFY(!m_scene->memory.value(key).toString().contains(u"KEY"_s));
}

QTEST_MAIN(TestKeyImportDialog)
#include "TestKeyImportDialog.moc"
