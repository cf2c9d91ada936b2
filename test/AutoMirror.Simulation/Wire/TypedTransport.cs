using System.Net;
using Amazon.EC2;
using Amazon.Runtime;
using AutoMirror.Emulator;

namespace AutoMirror.Simulation.Wire;

/// <summary>Straight into the state engine, with the exceptions that the SDK would
/// throw: hundreds of times as fast as through HTTP and XML.</summary>
internal sealed class TypedTransport<T>(Func<T> work) : ITransport<T>
{
    public T Do()
    {
        try
        {
            return work();
        }
        catch (AwsException error)
        {
            throw Error(error.Code, error.Message, (HttpStatusCode)error.Status);
        }
    }

    public T Fail(CallFate fate) => throw (fate switch
    {
        CallFate.Throttled => Error("RequestLimitExceeded", "Request limit exceeded.", HttpStatusCode.ServiceUnavailable),
        CallFate.InternalError => Error("InternalError", "An internal error has occurred", HttpStatusCode.InternalServerError),
        CallFate.Unavailable =>
            Error("Unavailable", "The service is unavailable. Please try again shortly.", HttpStatusCode.ServiceUnavailable),
        CallFate.TimedOut => new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout."),
        CallFate.CutShort =>
            new AmazonUnmarshallingException("", "", new IOException("The response ended prematurely."), HttpStatusCode.OK),
        _ => new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was cut."),
    });

    private static AmazonEC2Exception Error(string code, string message, HttpStatusCode status) =>
        new(message, ErrorType.Unknown, code, "", status);
}
