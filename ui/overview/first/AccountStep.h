#pragma once

#include "core/console/orders/Users.h"
#include "ui/PageContext.h"
#include "ui/overview/first/SetupStep.h"

#include <optional>

class QCheckBox;
class QLabel;

namespace warder {

class FormField;

/// The first account, or all those of a former backend by an import. GUI thread.
class AccountStep final : public SetupStep
{
    Q_OBJECT
public:
    AccountStep(const PageContext &context, QWidget *parent);

    void presentUsers(qint64 users);
    bool isDone() const override { return m_users.value_or(0) > 0; }
    QString action() const override;
    void send() override;
    QWidget *firstControl() override;

Q_SIGNALS:
    /// What became of it, in words.
    void said(const QString &text);

private:
    CreateUser order() const;
    static QString effectOf(const CreateUser &order);
    void showEffect();
    void importUsers();

    PageContext m_context;
    FormField *m_email;
    FormField *m_password;
    QCheckBox *m_admin;
    QLabel *m_effect;
    std::optional<qint64> m_users; ///< Nothing: nobody knows.
};

} // namespace warder
