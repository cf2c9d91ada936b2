using AutoMirror.Aws.Hosting;
using AutoMirror.Core.Reporting;

namespace AutoMirror;

/// <summary>
/// An invocation that failed, as the managed runtime wants it told: it reports an exception's <see cref="Exception.Message"/> and, as
/// the error type, the bare name of its class. So there is a class for each of the function's error types, in the namespace that makes
/// the full name the error type itself (<c>AutoMirror.Misconfigured</c>), which is what the log says.
/// </summary>
/// <param name="message">What is wrong, where, and what to do.</param>
public abstract class Failure(string message) : Exception(message)
{
    /// <summary>The exception for a failure of the function.</summary>
    public static Failure Of(InvocationOutcome.Failed failed) => failed.ErrorType switch
    {
        Conclusion.MisconfiguredType => new Misconfigured(failed.Message),
        Conclusion.MalformedEventType => new MalformedEvent(failed.Message),
        Conclusion.UnfinishedType => new Unfinished(failed.Message),
        Conclusion.DeniedType => new Denied(failed.Message),
        Conclusion.BrokenPlanType => new BrokenPlan(failed.Message),
        // Its frames are in the log: the runtime takes those that it reports from where an exception was thrown last.
        var bug => new Bug($"{bug}: {failed.Message}"),
    };
}

/// <summary>A person has to correct the configuration or the environment.</summary>
public sealed class Misconfigured(string message) : Failure(message);

/// <summary>The event can't be understood.</summary>
public sealed class MalformedEvent(string message) : Failure(message);

/// <summary>AWS did not let the work pass: a retry may do.</summary>
public sealed class Unfinished(string message) : Failure(message);

/// <summary>The function's role lacks a permission.</summary>
public sealed class Denied(string message) : Failure(message);

/// <summary>AutoMirror made a plan that breaks its own rules, and carried none of it out.</summary>
public sealed class BrokenPlan(string message) : Failure(message);

/// <summary>Anything else is a bug of AutoMirror; the message begins with the type of what was thrown.</summary>
public sealed class Bug(string message) : Failure(message);
