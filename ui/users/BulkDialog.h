#pragma once

#include "core/console/orders/Users.h"

#include <QDialog>

#include <functional>
#include <optional>

class QDialogButtonBox;
class QPushButton;
class QRadioButton;
class QVBoxLayout;

namespace warder {

class FormField;
class NumberCheck;

/// Whom an order to many may be about: what the person saw.
struct BulkChoice
{
    QList<Id> selected;
    UserFilter filter;
    std::optional<qint64> total; ///< How many the filter shows; nothing while nobody knows.
};

/// Asks whom an order to many users is about, and for the role it is about; says what follows. The number of many is to be typed
/// (NumberCheck). `onChosen` hears of the order, which carries what was seen. GUI thread.
class BulkDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `remark`: stands before the effect. To be opened, and goes when it closes.
    BulkDialog(AccountAct act, const BulkChoice &choice, const QString &remark, QWidget *parent,
               std::function<void(const ChangeUsers &)> onChosen);

private:
    void build(const QString &remark);
    void addScopes(QVBoxLayout &column);
    void updateMany();
    bool isOfSelected() const;
    qint64 number() const;
    void choose();

    const AccountAct m_act;
    const BulkChoice m_choice;
    std::function<void(const ChangeUsers &)> m_onChosen;
    QRadioButton *m_selected = nullptr; ///< None where nobody is selected.
    QRadioButton *m_all = nullptr;      ///< None while nobody knows how many they are.
    FormField *m_role = nullptr;        ///< Of the acts that need one.
    NumberCheck *m_number;
    QPushButton *m_send = nullptr;
};

} // namespace warder
