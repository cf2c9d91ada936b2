using AutoMirror.Aws.Hosting;
using AutoMirror.Core.Ports;

namespace AutoMirror.Lambda.Managed;

/// <summary>
/// An invocation that failed, in the form that the managed runtime reports: an exception's <see cref="Exception.Message"/> and, as the
/// error type, the bare name of its class. So each of the function's error types has a class: <c>Misconfigured</c> is what the log
/// calls <c>AutoMirror.Misconfigured</c>.
/// </summary>
/// <param name="message">What is wrong, where, and what to do.</param>
public abstract class Failure(string message) : Exception(message)
{
    /// <summary>The exception for a failure of the function.</summary>
    public static Failure Of(InvocationOutcome.Failed failed) => failed.ErrorType switch
    {
        ErrorTypes.Misconfigured => new Misconfigured(failed.Message),
        ErrorTypes.MalformedEvent => new MalformedEvent(failed.Message),
        ErrorTypes.Unfinished => new Unfinished(failed.Message),
        ErrorTypes.Denied => new Denied(failed.Message),
        ErrorTypes.BrokenPlan => new BrokenPlan(failed.Message),
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
