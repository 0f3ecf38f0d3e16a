#include "core/config/Settings.h"
#include "core/console/ViewsOf.h"
#include "ui/settings/SettingNow.h"
#include "ui/settings/SettingsDraft.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

/// What was chosen and not applied: what counts as a choice, what outlives a new reading, and what takes it back.
class TestSettingsDraft : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whatStandsThere_isNoChoice();
    void theDefaultsValue_meansTheDefault();
    void choices_areInTheOrderOfTheTable();
    void choice_outlivesAReading_andKnowsWhatMoved();
    void choiceThatCameTrueElsewhere_leaves();
    void former_isWhatWasStored();
    void former_hasNoSecretThatNobodyCanRead();
    void settled_isNoChoice_unlessChosenAnew();
    void fault_isOfTheValueThatWasAsked();
    void lockedMeanwhile_cannotBeApplied();

private:
    static QList<SettingView> settingsOf(const SettingLayers &layers = {}) { return viewsOf(Settings::load(layers).value(), {}); }
    static LayerEntry entry(SettingSource source, const QString &key, const QString &value)
    {
        return {.source = source, .sourceName = u"here"_s, .key = key, .value = value};
    }
    QString shown(const QString &key) const { return m_draft.shown(*m_draft.find(key)); }

    SettingsDraft m_draft;
    const QString m_threads = u"http.threads"_s;
};

void TestSettingsDraft::init()
{
    m_draft = {};
    m_draft.setSettings(settingsOf());
}

void TestSettingsDraft::whatStandsThere_isNoChoice()
{
    m_draft.choose(m_threads, u"4"_s);
    QCOMPARE(shown(m_threads), u"4"_s);
    m_draft.choose(m_threads, u"0"_s);
    QVERIFY(m_draft.isEmpty());
    m_draft.choose(u"no.such"_s, u"0"_s);
    m_draft.chooseDefault(m_threads);
    QVERIFY(m_draft.isEmpty());
}

void TestSettingsDraft::theDefaultsValue_meansTheDefault()
{
    m_draft.setSettings(settingsOf({entry(SettingSource::Stored, m_threads, u"3"_s)}));
    m_draft.choose(m_threads, u"0"_s);
    QCOMPARE(m_draft.choices().size(), 1);
    QVERIFY(!m_draft.choices().first().value);
    QVERIFY(m_draft.showsDefault(*m_draft.find(m_threads)));
}

void TestSettingsDraft::choices_areInTheOrderOfTheTable()
{
    m_draft.choose(u"log.level"_s, u"debug"_s);
    m_draft.choose(m_threads, u"4"_s);
    QCOMPARE(m_draft.choices().first().key, m_threads);
    QCOMPARE(m_draft.choices().last().key, u"log.level"_s);
}

void TestSettingsDraft::choice_outlivesAReading_andKnowsWhatMoved()
{
    m_draft.choose(m_threads, u"4"_s);
    m_draft.setSettings(settingsOf());
    QVERIFY(!m_draft.hasMoved(*m_draft.find(m_threads)));
    m_draft.setSettings(settingsOf({entry(SettingSource::Stored, m_threads, u"8"_s)}));
    QCOMPARE(shown(m_threads), u"4"_s);
    QVERIFY(m_draft.hasMoved(*m_draft.find(m_threads)));
    m_draft.takeBack(m_threads);
    QCOMPARE(shown(m_threads), u"8"_s);
}

void TestSettingsDraft::choiceThatCameTrueElsewhere_leaves()
{
    m_draft.choose(m_threads, u"4"_s);
    m_draft.setSettings(settingsOf({entry(SettingSource::Stored, m_threads, u"4"_s)}));
    QVERIFY(m_draft.isEmpty());
    m_draft.chooseDefault(m_threads);
    QCOMPARE(m_draft.size(), 1);
    m_draft.setSettings(settingsOf());
    QVERIFY(m_draft.isEmpty());
}

void TestSettingsDraft::former_isWhatWasStored()
{
    m_draft.setSettings(settingsOf({entry(SettingSource::Stored, m_threads, u"3"_s)}));
    m_draft.choose(m_threads, u"4"_s);
    m_draft.choose(u"log.level"_s, u"debug"_s);
    const QList<SettingChoice> former = m_draft.former();
    QCOMPARE(former.size(), 2);
    QVERIFY(former[0].value == u"3"_s);
    QVERIFY(!former[1].value);
}

void TestSettingsDraft::former_hasNoSecretThatNobodyCanRead()
{
    const QString token = u"metrics.token"_s;
    m_draft.choose(token, u"0123456789abcdef"_s);
    QCOMPARE(m_draft.former().size(), 1); // there was none: it goes again
    m_draft = {};
    m_draft.setSettings(settingsOf({entry(SettingSource::Stored, token, u"0123456789abcdef"_s)}));
    QVERIFY(!shown(token).contains(u"0123"_s));
    m_draft.choose(token, u"fedcba9876543210"_s);
    QCOMPARE(m_draft.choices().size(), 1);
    QVERIFY(m_draft.former().isEmpty());
}

void TestSettingsDraft::settled_isNoChoice_unlessChosenAnew()
{
    m_draft.choose(m_threads, u"4"_s);
    m_draft.choose(u"log.level"_s, u"debug"_s);
    const QList<SettingChoice> sent = m_draft.choices();
    m_draft.choose(m_threads, u"5"_s);
    m_draft.settle(sent);
    QCOMPARE(m_draft.choices().size(), 1);
    QVERIFY(m_draft.choices().first().value == u"5"_s);
}

void TestSettingsDraft::fault_isOfTheValueThatWasAsked()
{
    m_draft.choose(m_threads, u"many"_s);
    const QList<SettingChoice> asked = m_draft.choices();
    m_draft.setFaults(asked, {{.key = m_threads, .message = u"must be a number"_s}});
    QCOMPARE(m_draft.wrongKeys(), QStringList {m_threads});
    m_draft.choose(m_threads, u"4"_s);
    QVERIFY(m_draft.wrongKeys().isEmpty()); // nobody has judged it
    m_draft.setFaults(asked, {{.key = m_threads, .message = u"must be a number"_s}});
    QVERIFY(m_draft.wrongKeys().isEmpty()); // that was the former one
    m_draft.setFaults(m_draft.choices(), {});
    QVERIFY(m_draft.faultOf(m_threads).isEmpty());
}

void TestSettingsDraft::lockedMeanwhile_cannotBeApplied()
{
    m_draft.choose(m_threads, u"4"_s);
    m_draft.setSettings(settingsOf({entry(SettingSource::File, m_threads, u"8"_s)}));
    QVERIFY(setting_now::isLocked(*m_draft.find(m_threads)));
    QCOMPARE(m_draft.wrongKeys(), QStringList {m_threads});
    QCOMPARE(m_draft.size(), 1); // and nothing is lost
}

QTEST_GUILESS_MAIN(TestSettingsDraft)
#include "TestSettingsDraft.moc"
