#pragma once

#include "core/console/orders/Limits.h"
#include "ui/PageContext.h"
#include "ui/limits/SpanField.h"

#include <QObject>

#include <memory>
#include <optional>

class QCheckBox;
class QComboBox;

namespace warder {

class FormDialog;
class FormField;
class WhatIfBox;

/// What stands in the dialog of a rule: the fields that may be changed of a rule of its kind, and what the rule would have done. A child of
/// its dialog. GUI thread.
class RuleForm final : public QObject
{
    Q_OBJECT
public:
    /// `before`: the rule, or for a new one what its fields hold at first.
    RuleForm(const PageContext &context, const RuleView &before, bool isNew, FormDialog &dialog);

    /// What is typed, as a change; nothing after what is wrong was shown at its field.
    std::optional<RuleWish> wish() const;

private:
    void addNames();
    void addRoutes(const PageContext &context);
    void addKind();
    void addNumbers();
    void addSwitch();
    void addWhatIf(const PageContext &context);
    FormField *number(const QString &key, const QString &name, qint64 value);
    std::unique_ptr<SpanField> spanIn(FormField &field, Seconds value);
    QComboBox *choice(const QString &key, const QString &name);
    void changed();

    bool countsRequests() const { return m_before.counts == RateCount::Requests; }
    /// Nothing is asked while a new rule lacks what nobody could guess.
    bool isBegun() const;
    /// Nothing after the field said that it holds none, or that none at all switches a rule off.
    std::optional<qint64> amount() const;
    void readNumbers(RuleWish &wish, bool &isRight) const;
    void readKind(RuleWish &wish) const;

    RuleView m_before;
    bool m_isNew;
    FormDialog &m_dialog;
    FormField *m_name = nullptr;
    FormField *m_title = nullptr;
    FormField *m_routes = nullptr;
    QComboBox *m_key = nullptr;
    QComboBox *m_action = nullptr;
    FormField *m_amount = nullptr;
    FormField *m_burst = nullptr;
    std::unique_ptr<SpanField> m_period;
    std::unique_ptr<SpanField> m_longest;
    QCheckBox *m_enabled = nullptr;
    WhatIfBox *m_whatIf = nullptr;
};

} // namespace warder
