#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "ui/support/DialogButtons.h"
#include "ui/support/Icons.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/FormDialog.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QMessageBox>
#include <QProxyStyle>
#include <QPushButton>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

/// As some desktops have it.
class StyleWithIcons final : public QProxyStyle
{
public:
    StyleWithIcons() : QProxyStyle(u"Fusion"_s) {}

    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *more) const override
    {
        return hint == SH_DialogButtonBox_ButtonsHaveIcons ? 1 : QProxyStyle::styleHint(hint, option, widget, more);
    }
    QIcon standardIcon(StandardPixmap, const QStyleOption *, const QWidget *) const override { return programIcon(); }
};

} // namespace

/// No dialog has the icons of a style on its buttons, wherever it comes from.
class TestDialogButtons : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { QApplication::setStyle(u"Fusion"_s); }
    void init() { m_scene = std::make_unique<Scene>(); }
    void cleanup();
    void question_hasNone();
    void form_hasNone();
    void ownIcon_stays();

private:
    static QStringList buttonsWithIcons(const QWidget &dialog);

    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<QWidget> m_window;
};

void TestDialogButtons::initTestCase()
{
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication::setStyle(new StyleWithIcons);
    QMessageBox before(QMessageBox::Question, {}, u"?"_s, QMessageBox::Cancel);
    before.show();
    QVERIFY(settle());
    QCOMPARE(buttonsWithIcons(before).size(), 1); // or nothing is tested
    keepStyleIconsOffButtons();
}

void TestDialogButtons::cleanup()
{
    m_window.reset();
    m_scene.reset();
}

QStringList TestDialogButtons::buttonsWithIcons(const QWidget &dialog)
{
    QStringList found;
    for (const QPushButton *each : dialog.findChildren<QPushButton *>()) {
        if (!each->icon().isNull())
            found += each->text();
    }
    return found;
}

void TestDialogButtons::question_hasNone()
{
    m_window = std::make_unique<QWidget>();
    m_window->show();
    confirm(m_window.get(), {.question = u"Revoke?"_s, .effect = u"It ends."_s, .action = u"Revoke"_s}, [] {});
    QVERIFY(settle());
    const auto *box = m_window->findChild<QMessageBox *>();
    QVERIFY(box && box->isVisible());
    QCOMPARE(box->findChildren<QPushButton *>().size(), 2);
    QCOMPARE(buttonsWithIcons(*box), QStringList());
}

void TestDialogButtons::form_hasNone()
{
    auto dialog = std::make_unique<FormDialog>(m_scene->context(), u"Create user"_s, u"Create"_s, nullptr);
    dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    dialog->show();
    QVERIFY(settle());
    QCOMPARE(dialog->findChildren<QPushButton *>().size(), 2);
    QCOMPARE(buttonsWithIcons(*dialog), QStringList());
}

void TestDialogButtons::ownIcon_stays()
{
    QDialogButtonBox box(QDialogButtonBox::Close);
    QPushButton *copy = box.addButton(u"Copy"_s, QDialogButtonBox::ActionRole);
    copy->setIcon(icon(u"copy"_s));
    box.show();
    QVERIFY(settle());
    QCOMPARE(buttonsWithIcons(box), QStringList {u"Copy"_s});
}

QTEST_MAIN(TestDialogButtons)
#include "TestDialogButtons.moc"
