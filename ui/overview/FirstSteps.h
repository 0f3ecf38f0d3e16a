#pragma once

#include "core/console/orders/Changes.h"
#include "ui/PageContext.h"
#include "ui/settings/StoredChoices.h"
#include "ui/widgets/Panel.h"

class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace warder {

class AccountStep;
class ConnectStep;
class InlineMessage;
class SettingsStep;
class SetupStep;

/// What makes a new server useful, in the place where its charts will be: a few questions, one at a time, each of which says what its order
/// does. Enter gives the order and goes on to the next, and goes on without one where nothing is to be changed. None of them must be
/// answered, in no order; the one that was looked at last is remembered, and which are done is what the server says. GUI thread.
class FirstSteps final : public Panel
{
    Q_OBJECT
public:
    FirstSteps(const PageContext &context, QWidget *parent);

    /// Where apps reach the server, or will once it listens; empty: nobody knows.
    void presentServer(const QString &url);
    void presentUsers(qint64 users);
    void apply(const QList<Change> &changes);
    /// The settings may be others now.
    void readSettings();
    /// The last question: how an app is connected.
    void goToConnect();
    /// The keyboard goes to the question that is shown.
    void takeKeyboard();

Q_SIGNALS:
    void done();
    /// What became of an order, once and in passing.
    void said(const QString &text);
    /// See SettingsStep::stored().
    void stored(const warder::StoredChoices &sent, const QStringList &waiting);

protected:
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    QWidget *makeSteps();
    QWidget *makeQuestion();
    void makeButtons(QVBoxLayout &below);
    SettingsStep *makeReachStep();
    SettingsStep *makeMailStep();
    void add(SetupStep *step);
    void addSettings(SettingsStep *step);
    SetupStep &current() const;
    bool isLast() const;
    void showStep(int place);
    void showState();
    /// Its order, or the next step.
    void goOn();
    void goToNext();

    PageContext m_context;
    QListWidget *m_list = nullptr;
    QVBoxLayout *m_question = nullptr; ///< All steps, of which one is shown.
    InlineMessage *m_notice = nullptr;
    QPushButton *m_next = nullptr;
    QPushButton *m_skip = nullptr;
    QList<SetupStep *> m_steps;
    AccountStep *m_account = nullptr;
    ConnectStep *m_connect = nullptr;
};

} // namespace warder
