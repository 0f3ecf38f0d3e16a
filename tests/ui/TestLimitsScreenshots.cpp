#include "tests/ui/support/PictureTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/limits/LimitDialogs.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/FormDialog.h"

#include <QTableView>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The views and dialogs of the limits as people will see them; nothing of them is cut off.
class TestLimitsScreenshots : public PictureTest
{
    Q_OBJECT
private Q_SLOTS:
    void view_fits_data();
    void view_fits();
    void dialog_fits_data();
    void dialog_fits();

private:
    FormDialog *dialogOf(const QString &which) const;
};

void TestLimitsScreenshots::view_fits_data()
{
    QTest::addColumn<int>("view");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("small");
    const QStringList names {u"held-back"_s, u"networks"_s, u"history"_s, u"by-rule"_s, u"busiest"_s};
    for (int view = 0; view < names.size(); ++view) {
        QTest::addRow("limits-%s-light", qPrintable(names[view])) << view << false << false;
        QTest::addRow("limits-%s-small-dark", qPrintable(names[view])) << view << true << true;
    }
}

void TestLimitsScreenshots::view_fits()
{
    QFETCH(int, view);
    QFETCH(bool, dark);
    QFETCH(bool, small);
    wear(dark);
    m_scene->fill();
    const QSize size = small ? QSize(960, 690) : QSize(1280, 800);
    openWindowAt(u"limits"_s, size);
    auto *page = window().findChild<QWidget *>(u"limits"_s);
    page->findChild<QTableView *>()->selectRow(0);
    page->findChild<Chips *>(QString(), Qt::FindDirectChildrenOnly)->choose(view);
    QVERIFY(settle());
    QCOMPARE(window().size(), size);
    // Other pages are what keeps the window from being smaller yet.
    const QSize least = page->minimumSizeHint() + window().size() - page->size();
    QVERIFY2(least.width() <= 880 && least.height() <= 560, qPrintable(u"%1×%2"_s.arg(least.width()).arg(least.height())));
    look(window());
}

void TestLimitsScreenshots::dialog_fits_data()
{
    QTest::addColumn<QString>("which");
    QTest::addColumn<bool>("longTexts");
    for (const char *which : {"add", "edit", "edit-wrong-passwords", "block", "exempt"}) {
        QTest::addRow("limits-%s", which) << QString::fromLatin1(which) << false;
        QTest::addRow("limits-%s-long", which) << QString::fromLatin1(which) << true;
    }
}

FormDialog *TestLimitsScreenshots::dialogOf(const QString &which) const
{
    if (which == "add"_L1)
        return LimitDialogs::add(m_scene->context(), nullptr, [](const RuleView &) {});
    if (which == "block"_L1 || which == "exempt"_L1) {
        const auto standing = which == "block"_L1 ? NetworkStanding::Blocked : NetworkStanding::Exempt;
        return LimitDialogs::network(m_scene->context(), standing, u"198.51.100.23"_s, nullptr, [](const NetworkView &) {});
    }
    const RuleView &rule = m_scene->console.rules[which == "edit"_L1 ? 0 : 2];
    return LimitDialogs::edit(m_scene->context(), rule, nullptr, [](const RuleView &) {});
}

void TestLimitsScreenshots::dialog_fits()
{
    QFETCH(QString, which);
    QFETCH(bool, longTexts);
    wear(false, longTexts);
    m_scene->fill();
    const std::unique_ptr<FormDialog> dialog(dialogOf(which));
    dialog->open();
    QVERIFY(settle());
    if (which == "edit"_L1)
        QTRY_VERIFY(m_scene->console.askedCount(u"whatIf"_s) > 0);
    QVERIFY(settle());
    dialog->adjustSize();
    lookAtOnce(*dialog);
    QVERIFY2(dialog->height() <= 700, qPrintable(QString::number(dialog->height()))); // a screen of 768 lines has room for it
}

int main(int argc, char *argv[]) { return takePictures<TestLimitsScreenshots>(argc, argv); }
#include "TestLimitsScreenshots.moc"
