#include "tests/ui/support/Keys.h"
#include "tests/ui/support/Settle.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/NumberCheck.h"

#include <QAccessible>
#include <QApplication>
#include <QLineEdit>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// A field of a form for a secret: its eye, for whoever has no mouse or does not see it.
class TestFormField : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_form.reset(); }
    void eye_isBehindItsField();
    void eye_showsAndHides_byKeys();
    void eye_isSpoken();
    void eye_isThereOnce();
    void shownSecret_canBeHidden();
    void numberOfMany_isTypedInAnyDigits_data();
    void numberOfMany_isTypedInAnyDigits();

private:
    QToolButton *eye() const { return m_secret->findChild<QToolButton *>(u"eye"_s); }

    std::unique_ptr<QWidget> m_form;
    FormField *m_secret = nullptr;
    FormField *m_last = nullptr;
};

void TestFormField::init()
{
    m_form = std::make_unique<QWidget>();
    auto *all = new QVBoxLayout(m_form.get());
    m_secret = new FormField(u"&Password"_s, {}, m_form.get());
    m_last = new FormField(u"&Roles"_s, {}, m_form.get());
    all->addWidget(m_secret);
    all->addWidget(m_last);
    m_secret->makeSecret(); // later than the field below was made
    m_form->show();
    m_form->activateWindow();
    QVERIFY(comesInFront(m_form.get()));
    m_secret->edit().setFocus();
}

void TestFormField::eye_isBehindItsField()
{
    press(Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), eye());
    press(Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), &m_last->edit());
}

void TestFormField::eye_showsAndHides_byKeys()
{
    QTest::keyClicks(&m_secret->edit(), u"correct horse"_s);
    QCOMPARE(m_secret->edit().echoMode(), QLineEdit::Password);
    press(Qt::Key_Tab);
    press(Qt::Key_Space);
    QCOMPARE(m_secret->edit().echoMode(), QLineEdit::Normal);
    QCOMPARE(m_secret->edit().displayText(), u"correct horse"_s);
    press(Qt::Key_Space);
    QCOMPARE(m_secret->edit().echoMode(), QLineEdit::Password);
    QVERIFY(m_secret->edit().displayText() != "correct horse"_L1);
}

void TestFormField::eye_isSpoken()
{
    auto *spoken = QAccessible::queryAccessibleInterface(eye());
    QCOMPARE(spoken->text(QAccessible::Name), u"Show what is typed: Password"_s);
    QVERIFY(spoken->state().checkable && !spoken->state().checked);
    eye()->setFocus();
    press(Qt::Key_Space);
    QVERIFY(spoken->state().checked);
}

void TestFormField::eye_isThereOnce()
{
    m_secret->makeSecret();
    QCOMPARE(m_secret->findChildren<QToolButton *>().size(), 1);
}

/// A password that was made up is shown; then the eye hides it.
void TestFormField::shownSecret_canBeHidden()
{
    m_secret->showSecret();
    QCOMPARE(m_secret->edit().echoMode(), QLineEdit::Normal);
    eye()->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(m_secret->edit().echoMode(), QLineEdit::Password);
    m_last->showSecret(); // which is none
    QCOMPARE(m_last->edit().echoMode(), QLineEdit::Normal);
}

void TestFormField::numberOfMany_isTypedInAnyDigits_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("passes");
    QTest::newRow("plain") << u"3412"_s << true;
    QTest::newRow("with a separator") << u"3,412"_s << true;
    QTest::newRow("as Arabic has them") << u"\u0663\u066C\u0664\u0661\u0662"_s << true;
    QTest::newRow("another one") << u"3413"_s << false;
    QTest::newRow("none") << QString() << false;
}

void TestFormField::numberOfMany_isTypedInAnyDigits()
{
    QFETCH(const QString, typed);
    NumberCheck check(m_form.get());
    check.setNumber(3412);
    check.findChild<QLineEdit *>(u"number"_s)->setText(typed);
    QTEST(check.isPassed(), "passes");
}

QTEST_MAIN(TestFormField)
#include "TestFormField.moc"
