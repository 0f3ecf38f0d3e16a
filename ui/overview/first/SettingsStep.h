#pragma once

#include "ui/PageContext.h"
#include "ui/overview/first/FirstChoices.h"
#include "ui/overview/first/SetupStep.h"
#include "ui/settings/SettingsDraft.h"
#include "ui/settings/StoredChoices.h"

#include <QMap>
#include <QSet>

class QLabel;

namespace warder {

class Chips;
class FormField;

/// One way to answer a SettingsStep.
struct FirstOption
{
    FirstAnswer answer = FirstAnswer::ThisComputer;
    QString words;  ///< On its chip; empty where there is one option alone.
    QString remark; ///< What it is for.
};

/// One of the first steps whose answer is settings: what it will store is said by the order itself, from old values to new ones. What a
/// source that wins over stored settings sets is left alone, and said. What is typed is judged by the server as on the page Settings.
/// GUI thread.
class SettingsStep final : public SetupStep
{
    Q_OBJECT
public:
    SettingsStep(const PageContext &context, const QString &title, const QString &text, const QList<FirstOption> &options, QWidget *parent);

    /// At its end.
    void add(QWidget *widget);
    bool isDone() const override;
    QString action() const override;
    void send() override;
    QWidget *firstControl() override;
    void presentSettings(const QList<SettingView> &settings) override;

Q_SIGNALS:
    /// `waiting`: the keys of all settings that act after a restart.
    void stored(const warder::StoredChoices &sent, const QStringList &waiting);

private:
    void build();
    FormField *makeField(const QString &key);
    const FirstOption &option() const;
    first_choices::Values held() const;
    /// What holds, with what stands in the fields of the option in its place.
    first_choices::Values valuesNow() const;
    QList<SettingChoice> wanted() const;
    void chooseOption();
    void fillFields();
    void edit(const QString &key);
    void choose();
    void check();
    void showDraft();
    QString effect() const;
    void forgetTyped();
    /// The first field in which something is wrong gets the keyboard; false: there is none.
    bool goToWrongField();

    PageContext m_context;
    QList<FirstOption> m_options;
    Chips *m_chips = nullptr; ///< Null with one option.
    QLabel *m_remark;
    QLabel *m_effect;
    QMap<QString, FormField *> m_fields;
    QSet<QString> m_typed; ///< The fields that somebody typed in.
    SettingsDraft m_draft;
    bool m_hasChosen = false; ///< An option, by hand.
};

} // namespace warder
