#pragma once

#include "core/console/orders/Limits.h"
#include "ui/PageContext.h"

#include <QCoreApplication>

#include <functional>

class QWidget;

namespace warder {

class FormDialog;

/// The dialogs of the limits. Each is to be opened, and goes when it closes. GUI thread.
class LimitDialogs final
{
    Q_DECLARE_TR_FUNCTIONS(warder::LimitDialogs)
public:
    using OnRule = std::function<void(const RuleView &)>;
    using OnNetwork = std::function<void(const NetworkView &)>;

    static FormDialog *add(const PageContext &context, QWidget *parent, OnRule onTaken);
    static FormDialog *edit(const PageContext &context, const RuleView &rule, QWidget *parent, OnRule onTaken);
    /// `network`: what its field holds at first.
    static FormDialog *network(const PageContext &context, NetworkStanding standing, const QString &network, QWidget *parent,
                               OnNetwork onTaken);
};

} // namespace warder
