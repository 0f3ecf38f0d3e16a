#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/mail/MailPage.h"
#include "ui/mail/MailPreviewDialog.h"

#include <QAccessible>
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTextBrowser>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// How mails look: the dialog that shows them.
class TestMailPreview : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void preview_showsBothForms();
    void preview_beginsWithTheSelectedMail();
    void preview_followsTheChoices();
    void answerToAnOlderChoice_isDropped();
    void templateFaults_areTold();
    void refusal_isSaidInPlace();
    void html_isOnWhitePaper();
    void html_loadsNothing_data();
    void html_loadsNothing();
    void keyboard_reachesEverything();

private:
    MailPreviewDialog *openFrom(const MailPage &page);
    static QString subjectOf(const QDialog &dialog) { return dialog.findChild<QLabel *>(u"subject"_s)->text(); }
    static QTextBrowser *htmlOf(const QDialog &dialog) { return dialog.findChild<QTextBrowser *>(); }
    static QComboBox *choiceOf(const QDialog &dialog, const QString &name) { return dialog.findChild<QComboBox *>(name); }
};

MailPreviewDialog *TestMailPreview::openFrom(const MailPage &page)
{
    button(page, u"Preview"_s)->setFocus();
    press(Qt::Key_Space);
    settle();
    auto *dialog = page.findChild<MailPreviewDialog *>();
    return dialog && comesInFront(dialog) ? dialog : nullptr;
}

void TestMailPreview::preview_showsBothForms()
{
    const auto page = openPage<MailPage>(*m_scene);
    auto *dialog = openFrom(*page);
    QVERIFY(dialog);
    QCOMPARE(subjectOf(*dialog), u"Reset your password"_s);
    QCOMPARE(dialog->findChild<QPlainTextEdit *>()->toPlainText(), m_scene->console.mailPreview.text);
    QVERIFY(htmlOf(*dialog)->toPlainText().contains(u"Set a new password"_s));
    QVERIFY(htmlOf(*dialog)->toHtml().contains(u"token=abc"_s)); // a link, not its words alone
    QVERIFY(!dialog->findChild<QLabel *>(u"fault"_s)->isVisible());
    QCOMPARE(choiceOf(*dialog, u"language"_s)->currentText(), u"English"_s); // of people of whom nobody knows theirs
    QCOMPARE(m_scene->console.askedCount(u"previewMail verify_email en"_s), 1);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!page->findChild<MailPreviewDialog *>());
}

void TestMailPreview::preview_beginsWithTheSelectedMail()
{
    const auto page = openPage<MailPage>(*m_scene);
    tableOf(*page, u"Mail"_s)->selectRow(3);
    auto *dialog = openFrom(*page);
    QVERIFY(dialog);
    QCOMPARE(choiceOf(*dialog, u"kind"_s)->currentText(), u"Invitation"_s);
    QCOMPARE(choiceOf(*dialog, u"language"_s)->currentText(), u"Deutsch"_s);
    QCOMPARE(m_scene->console.asked.filter(u"previewMail"_s), QStringList {u"previewMail invitation de"_s}); // once
}

void TestMailPreview::preview_followsTheChoices()
{
    const auto page = openPage<MailPage>(*m_scene);
    auto *dialog = openFrom(*page);
    QVERIFY(dialog);
    QCOMPARE(QApplication::focusWidget(), choiceOf(*dialog, u"kind"_s));
    m_scene->console.mailPreview.subject = u"Set a new one"_s;
    press(Qt::Key_Down);
    QTRY_COMPARE(subjectOf(*dialog), u"Set a new one"_s);
    QCOMPARE(m_scene->console.askedCount(u"previewMail reset_password en"_s), 1);
    press(Qt::Key_Tab);
    press(Qt::Key_Down);
    QTRY_COMPARE(m_scene->console.askedCount(u"previewMail reset_password de"_s), 1);
}

void TestMailPreview::answerToAnOlderChoice_isDropped()
{
    const auto page = openPage<MailPage>(*m_scene);
    auto *dialog = openFrom(*page);
    QVERIFY(dialog);
    m_scene->console.hold();
    m_scene->console.mailPreview.subject = u"older"_s;
    press(Qt::Key_Down);
    m_scene->console.mailPreview.subject = u"newer"_s;
    press(Qt::Key_Down);
    m_scene->console.release();
    QTRY_COMPARE(subjectOf(*dialog), u"newer"_s);
    settle();
    QCOMPARE(subjectOf(*dialog), u"newer"_s);
}

void TestMailPreview::templateFaults_areTold()
{
    for (int i = 1; i <= 6; ++i)
        m_scene->console.mailNow.templateFaults += u"de/verify_email.txt:%1: {{naem}} is no variable of this mail"_s.arg(i);
    const auto page = openPage<MailPage>(*m_scene);
    auto *dialog = openFrom(*page);
    QVERIFY(dialog);
    const auto *fault = dialog->findChild<QLabel *>(u"fault"_s);
    QVERIFY(fault->isVisible());
    const QStringList lines = QString(fault->text()).remove(u'\u200b').split(u'\n');
    QCOMPARE(lines.size(), 6);
    QVERIFY2(lines[0].startsWith(u"A template of your own that has a fault is not used"_s), qPrintable(lines[0]));
    QCOMPARE(lines[1], u"de/verify_email.txt:1: {{naem}} is no variable of this mail"_s);
    QCOMPARE(lines[5], u"There are 2 more."_s);
    QCOMPARE(subjectOf(*dialog), u"Reset your password"_s);
    QCOMPARE(htmlOf(*dialog)->accessibleDescription(), fault->text());
}

void TestMailPreview::refusal_isSaidInPlace()
{
    m_scene->console.failNext(u"previewMail"_s, {.code = ErrorCode::InvalidInput, .detail = u"there are mails in en, de, not in tlh"_s});
    const auto page = openPage<MailPage>(*m_scene);
    auto *dialog = openFrom(*page);
    QVERIFY(dialog);
    const auto *fault = dialog->findChild<QLabel *>(u"fault"_s);
    QTRY_VERIFY(fault->text().contains(u"there are mails in en, de, not in tlh"_s));
    QVERIFY(subjectOf(*dialog).isEmpty());
    press(Qt::Key_Down);
    QTRY_COMPARE(subjectOf(*dialog), u"Reset your password"_s);
    QVERIFY(!fault->isVisible());
}

/// Mail programs show mails so, whatever the desktop's colours are.
void TestMailPreview::html_isOnWhitePaper()
{
    QPalette dark(Qt::black, Qt::black);
    dark.setColor(QPalette::Text, Qt::white);
    QApplication::setPalette(dark);
    const auto page = openPage<MailPage>(*m_scene);
    auto *dialog = openFrom(*page);
    QVERIFY(dialog);
    const QPalette paper = htmlOf(*dialog)->palette();
    QApplication::setPalette(QPalette(QColor(0xf3f4f6)));
    QCOMPARE(paper.color(QPalette::Base), QColor(Qt::white));
    QCOMPARE(paper.color(QPalette::Text), QColor(Qt::black));
}

void TestMailPreview::html_loadsNothing_data()
{
    QTest::addColumn<QString>("html"); // FOLDER has a red picture and a style sheet that makes text red
    QTest::newRow("a file by its path") << u"<img src=\"FOLDER/red.png\">"_s;
    QTest::newRow("a file by its address") << u"<img src=\"file://FOLDER/red.png\">"_s;
    QTest::newRow("a picture in the text") << u"<img src=\"data:image/png;base64,PICTURE\">"_s;
    QTest::newRow("a style sheet") << u"<head><link rel=\"stylesheet\" href=\"file://FOLDER/red.css\"/></head>"_s;
    QTest::newRow("a background") << u"<table background=\"file://FOLDER/red.png\"><tr><td>here</td></tr></table>"_s;
}

/// Whoever can write a template must not learn from it who looks at it, nor what lies on their disk.
void TestMailPreview::html_loadsNothing()
{
    QFETCH(QString, html);
    const QString folder = m_scene->folder.path();
    QImage picture(40, 40, QImage::Format_RGB32);
    picture.fill(Qt::red);
    QVERIFY(picture.save(folder + u"/red.png"_s));
    QFile file(folder + u"/red.png"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QFile style(folder + u"/red.css"_s);
    QVERIFY(style.open(QIODevice::WriteOnly) && style.write("p { color: #ff0000; background-color: #ff0000; }") > 0);
    style.close();
    html.replace(u"FOLDER"_s, folder).replace(u"PICTURE"_s, QString::fromLatin1(file.readAll().toBase64()));
    m_scene->console.mailPreview.html = html + u"<p>Nobody is seen here.</p>"_s;
    const auto page = openPage<MailPage>(*m_scene);
    auto *dialog = openFrom(*page);
    QVERIFY(dialog);
    QTRY_VERIFY(htmlOf(*dialog)->toPlainText().contains(u"Nobody is seen here."_s));
    const QImage shown = htmlOf(*dialog)->viewport()->grab().toImage();
    for (int y = 0; y < shown.height(); ++y) {
        for (int x = 0; x < shown.width(); ++x)
            QVERIFY(shown.pixelColor(x, y) != QColor(Qt::red));
    }
}

void TestMailPreview::keyboard_reachesEverything()
{
    const auto page = openPage<MailPage>(*m_scene);
    auto *dialog = openFrom(*page);
    QVERIFY(dialog);
    QStringList nameless;
    QSet<QWidget *> wanted;
    for (QWidget *widget : dialog->findChildren<QWidget *>()) {
        if (!widget->isVisible() || (widget->focusPolicy() & Qt::TabFocus) != Qt::TabFocus
            || widget->parentWidget()->inherits("QAbstractScrollArea"))
            continue;
        wanted += widget;
        if (QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name).isEmpty())
            nameless += QString::fromLatin1(widget->metaObject()->className());
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u", "_s)));
    QVERIFY(wanted.size() >= 5);
    for (int i = 0; i < 12; ++i) {
        wanted.remove(QApplication::focusWidget());
        press(Qt::Key_Tab);
    }
    QVERIFY(wanted.isEmpty());
}

QTEST_MAIN(TestMailPreview)
#include "TestMailPreview.moc"
