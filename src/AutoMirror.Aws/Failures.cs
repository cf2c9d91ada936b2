using System.Net;
using System.Xml;
using Amazon.Runtime;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;

namespace AutoMirror.Aws;

/// <summary>Turns what the SDK throws into refusals.</summary>
internal static class Failures
{
    // EC2's longest message, an encoded refusal of a permission, is about half of this.
    private const int LongestMessage = 4000;

    /// <summary>Makes one attempt.</summary>
    public static async Task<Answer<T>> TryAsync<T>(
        string action, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return new Answer<T>.Given(await call(cancellationToken));
        }
        catch (AmazonServiceException error) when (!cancellationToken.IsCancellationRequested)
        {
            return Refused<T>(error);
        }
        catch (Exception error) when (IsOnTheWay(error) && !cancellationToken.IsCancellationRequested)
        {
            return Refused<T>(RefusalKind.Transient, RefusalCodes.Connection, Innermost(error));
        }
        catch (XmlException error)
        {
            return Refused<T>(RefusalKind.Transient, RefusalCodes.UnreadableAnswer, error.Message);
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return Refused<T>(RefusalKind.Other, RefusalCodes.UnreadableAnswer, $"{action}: {error.Message}");
        }
    }

    private static Answer<T>.Refused Refused<T>(AmazonServiceException error)
    {
        if (error is not AmazonUnmarshallingException && error.ErrorCode is { Length: > 0 } code)
            return Refused<T>(ErrorCodes.Classify(code, error.Message, error.StatusCode), code, error.Message);

        // JSON that was cut short comes as a service exception around what the parser met; XML that was cut short, as the parser's own.
        var isCutShort = error.StatusCode is 0 or HttpStatusCode.OK || error.StatusCode >= HttpStatusCode.InternalServerError;
        return Refused<T>(
            isCutShort && error.StatusCode != HttpStatusCode.NotImplemented ? RefusalKind.Transient : RefusalKind.Other,
            error.StatusCode is 0 ? RefusalCodes.Connection : RefusalCodes.UnreadableAnswer,
            error.StatusCode is 0 ? Innermost(error) : $"HTTP status {(int)error.StatusCode}, and nothing that says why");
    }

    // Words from the other side of the wire go into problems, log lines and the answer.
    private static Answer<T>.Refused Refused<T>(RefusalKind kind, string code, string message) =>
        new(new Refusal(kind, Words.Shorten(code, LongestMessage), Words.Shorten(message, LongestMessage)));

    // Time-outs surface as cancellations that nobody here asked for; a broken connection as any of the others.
    private static bool IsOnTheWay(Exception error) => error
        is AmazonClientException or HttpRequestException or IOException or WebException or OperationCanceledException or TimeoutException;

    private static string Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error.Message;
}
