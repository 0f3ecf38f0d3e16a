#include "core/config/SettingTable.h"
#include "ui/settings/SettingGroups.h"
#include "ui/settings/SettingTexts.h"
#include "ui/settings/words/SettingWords.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

/// What the window calls each setting.
class TestSettingWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everySetting_hasAPartAndWords_data();
    void everySetting_hasAPartAndWords();
    void noWords_areOfASettingThatIsGone();
};

void TestSettingWords::everySetting_hasAPartAndWords_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    for (const SettingDefinition &each : settingTable)
        QTest::newRow(qPrintable(each.key.toString())) << each.key.toString() << each.text.toString();
}

/// A setting that is added needs a beginning that has a part, and a row in ui/settings/words.
void TestSettingWords::everySetting_hasAPartAndWords()
{
    QFETCH(QString, key);
    QFETCH(QString, text);
    QVERIFY(SettingGroups::of(key) != SettingGroup::Other);
    const SettingWords *words = setting_words::find(key);
    QVERIFY(words);
    QCOMPARE(QString::fromUtf8(words->sentence), text); // what the command line says
    QVERIFY(!SettingTexts::name(key).isEmpty());
    QVERIFY(SettingTexts::name(key) != key && SettingTexts::name(key) != key.section(u'.', 1));
}

void TestSettingWords::noWords_areOfASettingThatIsGone()
{
    qsizetype count = 0;
    for (const auto &words : {setting_words::ofNetwork(), setting_words::ofSignIn(), setting_words::ofPasswords(), setting_words::ofMail(),
                              setting_words::ofLimits()})
        count += qsizetype(words.size());
    QCOMPARE(count, qsizetype(settingTable.size())); // and each of those has some, as the test above says
}

QTEST_GUILESS_MAIN(TestSettingWords)
#include "TestSettingWords.moc"
