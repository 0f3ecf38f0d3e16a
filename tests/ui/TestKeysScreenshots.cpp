#include "tests/ui/support/PictureTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/keys/KeyImportDialog.h"
#include "ui/keys/KeyScheduleDialog.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/Toast.h"

#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The keys' page and dialogs as people will see them; nothing of them is cut off.
class TestKeysScreenshots : public PictureTest
{
    Q_OBJECT
private Q_SLOTS:
    void keys_fit_data();
    void keys_fit();
    void keyImport_fits_data();
    void keyImport_fits();
    void keySchedule_fits();
};

void TestKeysScreenshots::keys_fit_data()
{
    QTest::addColumn<int>("keys");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::newRow("keys-one") << 1 << QSize(1280, 800) << false;
    QTest::newRow("keys-twelve") << 12 << QSize(1280, 800) << false;
    QTest::newRow("keys-twelve-small-dark") << 12 << QSize(960, 690) << true;
}

/// A ring of a few years, with a leak, an import from elsewhere and a former backend; and the message that offers to take something back.
void TestKeysScreenshots::keys_fit()
{
    QFETCH(int, keys);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    wear(dark);
    m_scene->fill();
    const TimePoint now = m_scene->clock.now();
    auto &rows = m_scene->console.keyRows;
    rows.first().nextAlgorithm = u"EdDSA"_s;
    const auto add = [&](const QString &kid, KeyPurpose purpose, KeyState state, int age) {
        rows += {.kid = kid,
                 .purpose = purpose,
                 .algorithm = u"ES256"_s,
                 .state = state,
                 .createdAt = now - std::chrono::days {age},
                 .activatedAt = now - std::chrono::days {age},
                 .retiredAt = now - std::chrono::days {age / 2},
                 .verifyUntil = now + std::chrono::days {30 - age / 4},
                 .sessions = age,
                 .moves = FakeConsole::movesIn(state)};
    };
    add(u"former-4f0a"_s, KeyPurpose::Former, KeyState::Retiring, 2);
    add(QString(64, u'k'), KeyPurpose::Access, KeyState::Revoked, 80);
    for (int i = 0; i < 5; ++i)
        add(u"r%1wYb5iXo1GqVz2"_s.arg(i), i % 2 ? KeyPurpose::Refresh : KeyPurpose::Access, i == 3 ? KeyState::Revoked : KeyState::Retiring,
            15 * i + 6);
    rows.resize(keys);
    openWindowAt(u"keys"_s, size);
    window().toast().showMessage(u"Zk9Qw3sT1vLr2YxB is revoked: 38 sessions must refresh."_s, Toast::lasting, [] {});
    look(window());
    QCOMPARE(window().size(), size);
}

void TestKeysScreenshots::keyImport_fits_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("longTexts");
    QTest::newRow("import-key") << 0 << false;
    QTest::newRow("import-former") << 1 << false;
    QTest::newRow("import-former-long") << 1 << true;
}

void TestKeysScreenshots::keyImport_fits()
{
    QFETCH(int, kind);
    QFETCH(bool, longTexts);
    wear(false, longTexts);
    const auto dialog = std::make_unique<KeyImportDialog>(m_scene->context(), nullptr);
    dialog->open();
    dialog->findChild<QComboBox *>(u"kind"_s)->setCurrentIndex(kind);
    dialog->findChild<QPlainTextEdit *>()->setPlainText(u"KEY"_s);
    m_scene->console.failNext(kind ? u"importFormer"_s : u"importKey"_s, {.code = ErrorCode::InvalidInput, .detail = u"that is no key"_s});
    QVERIFY(settle());
    QTest::keyClick(dialog.get(), Qt::Key_Return);
    QTRY_VERIFY(dialog->findChild<QLabel *>(u"fault"_s)->isVisible());
    lookAfterMessage(*dialog);
}

void TestKeysScreenshots::keySchedule_fits()
{
    const auto setting = [](const QString &key, SettingSource source) {
        return SettingView {.key = key,
                            .value = u"90d"_s,
                            .defaultValue = u"90d"_s,
                            .source = source,
                            .sourceName = u"/etc/warder/warder.conf:7"_s,
                            .text = {}};
    };
    const std::unique_ptr<FormDialog> dialog(KeyScheduleDialog::make(
        m_scene->context(),
        {setting(u"keys.access_rotation"_s, SettingSource::Default), setting(u"keys.refresh_rotation"_s, SettingSource::Stored),
         setting(u"keys.csrf_rotation"_s, SettingSource::File), setting(u"keys.spent_kept"_s, SettingSource::Default)},
        nullptr, [](const StoredChoices &) {}));
    dialog->open();
    QVERIFY(settle());
    dialog->adjustSize();
    lookAtOnce(*dialog, u"key-schedule"_s);
}

int main(int argc, char *argv[]) { return takePictures<TestKeysScreenshots>(argc, argv); }
#include "TestKeysScreenshots.moc"
