#include "tests/ui/support/PictureTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/settings/SettingRow.h"
#include "ui/settings/SettingsPage.h"
#include "ui/settings/SettingsPreview.h"
#include "ui/settings/tuning/HashTuningDialog.h"

#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTest>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The page of settings as people will see it, untouched, with changes and a fault, and from its end; nothing of it is cut off.
class TestSettingsScreenshots : public PictureTest
{
    Q_OBJECT
private Q_SLOTS:
    void page_fits_data();
    void page_fits();
    void preview_fits_data();
    void preview_fits();
    void tuning_fits_data();
    void tuning_fits();

private:
    static void change(QWidget &page);
};

/// A number that is possible, and one that is not.
void TestSettingsScreenshots::change(QWidget &page)
{
    for (const auto &[key, typed] : {std::pair {u"http.threads"_s, u"4"_s}, std::pair {u"http.max_connections"_s, u"many"_s}}) {
        auto *edit = page.findChild<QLineEdit *>(key);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, typed);
        QVERIFY(settle());
    }
}

void TestSettingsScreenshots::page_fits_data()
{
    QTest::addColumn<bool>("changed");
    QTest::addColumn<QString>("shown"); // the setting that is scrolled to
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    QTest::addColumn<double>("scale");
    const QSize large(1280, 800);
    const QSize small(880, 560);
    const QString top;
    QTest::newRow("settings-light") << false << top << large << false << false << 1.0;
    QTest::newRow("settings-dark") << false << top << large << true << false << 1.0;
    QTest::newRow("settings-changed-light") << true << u"http.threads"_s << large << false << false << 1.0;
    QTest::newRow("settings-changed-dark-200") << true << u"http.threads"_s << large << true << false << 2.0;
    QTest::newRow("settings-waiting-light") << false << u"sessions.idle_lifetime"_s << large << false << false << 1.0;
    QTest::newRow("settings-limits-dark") << false << u"rate_limit.login_per_address"_s << large << true << false << 1.0;
    QTest::newRow("settings-long") << true << u"http.threads"_s << large << false << true << 1.0;
    QTest::newRow("settings-small-light") << false << top << small << false << false << 1.0;
    QTest::newRow("settings-small-changed-dark") << true << u"http.threads"_s << small << true << false << 1.0;
    QTest::newRow("settings-small-limits") << false << u"rate_limit.login_per_address"_s << small << false << false << 1.0;
}

void TestSettingsScreenshots::page_fits()
{
    QFETCH(bool, changed);
    QFETCH(QString, shown);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    QFETCH(double, scale);
    wear(dark, longTexts);
    m_scene->fill();
    m_scene->fillSettings();
    openWindowAt(u"settings"_s, size);
    auto *page = window().findChild<SettingsPage *>();
    if (changed)
        change(*page);
    if (auto *control = page->findChild<QWidget *>(shown); control && !shown.isEmpty())
        page->findChild<QScrollArea *>()->ensureWidgetVisible(control, 0, 200);
    QVERIFY(settle());
    take(window(), tag(), scale);
    fits(*page);
}

void TestSettingsScreenshots::preview_fits_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    QTest::newRow("settings-preview-light") << false << false;
    QTest::newRow("settings-preview-dark") << true << false;
    QTest::newRow("settings-preview-long") << false << true;
}

void TestSettingsScreenshots::preview_fits()
{
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    wear(dark, longTexts);
    m_scene->fillSettings();
    SettingsDraft draft;
    draft.setSettings(m_scene->console.settingRows);
    draft.choose(u"http.allowed_origins"_s, u"https://app.example.com,https://admin.example.com"_s);
    draft.choose(u"http.threads"_s, u"4"_s);
    draft.choose(u"keys.access_rotation"_s, u"0d"_s);
    draft.choose(u"accounts.registration"_s, u"closed"_s);
    draft.choose(u"metrics.token"_s, u"fedcba9876543210"_s);
    draft.choose(u"rate_limit.login_per_address"_s, u"10/1m burst 5"_s);
    draft.chooseDefault(u"sessions.max_per_user"_s);
    const auto dialog = std::make_unique<SettingsPreview>(draft, nullptr);
    dialog->resize(620, 640);
    dialog->open();
    lookAtOnce(*dialog);
}

void TestSettingsScreenshots::tuning_fits_data()
{
    QTest::addColumn<bool>("over");
    QTest::addColumn<bool>("bcrypt");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    QTest::newRow("settings-tuning-opened") << false << false << false << false;
    QTest::newRow("settings-tuning-light") << true << false << false << false;
    QTest::newRow("settings-tuning-dark") << true << false << true << false;
    QTest::newRow("settings-tuning-long") << true << false << false << true;
    QTest::newRow("settings-tuning-bcrypt") << true << true << false << false;
}

void TestSettingsScreenshots::tuning_fits()
{
    QFETCH(bool, over);
    QFETCH(bool, bcrypt);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    wear(dark, longTexts);
    m_scene->fillSettings();
    if (bcrypt)
        m_scene->console.hashing = viewOfHashing({.algorithm = HashingPolicy::Algorithm::Bcrypt}, 8, 8);
    m_scene->console.microsecondsOfWork = bcrypt ? 20 : 0.7;
    const auto dialog = std::make_unique<HashTuningDialog>(m_scene->context(), m_scene->console.settingRows, nullptr);
    dialog->open();
    QVERIFY(settle());
    if (over)
        dialog->findChild<QPushButton *>(u"measure"_s)->click();
    look(*dialog);
}

int main(int argc, char *argv[]) { return takePictures<TestSettingsScreenshots>(argc, argv); }
#include "TestSettingsScreenshots.moc"
