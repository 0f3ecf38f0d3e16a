#pragma once

#include "ui/PageContext.h"
#include "ui/support/Ask.h"

#include <QDialog>

#include <functional>

class QDialogButtonBox;
class QVBoxLayout;

namespace warder {

class FormField;
class InlineMessage;

/// A small form that sends an order and stays open until the server takes it: what is wrong shows at its field. Enter in a field and Ctrl+S
/// send it. GUI thread.
class FormDialog final : public QDialog
{
    Q_OBJECT
public:
    FormDialog(const PageContext &context, const QString &title, const QString &action, QWidget *parent);

    /// `key`: what faults of the order call it.
    FormField *addField(const QString &key, const QString &name, const QString &remark = {});
    void addText(const QString &text);
    /// What is neither: a choice, something to copy. Below what was added before.
    void addWidget(QWidget *widget);
    /// What was added before, side by side at the end of what is there now.
    void placeInRow(const QList<QWidget *> &widgets);

    /// Shows the faults of an error at their fields, and takes away those that it does not have; whether it had some.
    bool showFaults(const Error &error);

    /// `make` reads the fields, and gives an order, or nothing after it has shown by itself what is wrong; `onTaken` hears the answer, just
    /// before the dialog closes.
    template <typename MakeOrder, typename OnTaken>
    void setOrder(MakeOrder make, OnTaken onTaken)
    {
        m_send = [this, make = std::move(make), onTaken = std::move(onTaken)] {
            const auto close = [this, onTaken](const auto &...answer) {
                onTaken(answer...);
                accept();
            };
            send(make(), close);
        };
    }

private:
    void send(const auto &order, const auto &onAnswer)
    {
        if constexpr (!requires { order.has_value(); })
            ask(m_context.console.ask(order), this, onAnswer, [this](const Error &error) { showError(error); });
        else if (order)
            send(*order, onAnswer);
        else
            allowSending();
    }
    void start();
    void allowSending();
    void showError(const Error &error);

    PageContext m_context;
    std::function<void()> m_send;
    QList<std::pair<QString, FormField *>> m_fields;
    InlineMessage *m_notice;
    QVBoxLayout *m_form;
    QDialogButtonBox *m_buttons;
};

} // namespace warder
