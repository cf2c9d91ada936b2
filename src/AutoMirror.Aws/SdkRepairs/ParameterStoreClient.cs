using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.EventStreams;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.SimpleSystemsManagement;

namespace AutoMirror.Aws.SdkRepairs;

/// <summary>Parameter Store's client, which looks at the form of an answer before the SDK reads it.</summary>
/// <remarks>The SDK's reader does not end on JSON that has something else where a list belongs, such
/// as <c>{"Parameters":5}</c>: it takes memory until none is left.</remarks>
internal sealed class ParameterStoreClient(
    AWSCredentials credentials, AmazonSimpleSystemsManagementConfig config) : AmazonSimpleSystemsManagementClient(credentials, config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.AddHandlerAfter<Unmarshaller>(new FormCheck());
    }

    // Systems Manager API reference, GetParametersByPath and Parameter. What they do not name the SDK passes over, whatever it is.
    private static readonly string[] PlainFields = [
        "ARN", "DataType", "LastModifiedDate", "Name", "Selector", "SourceResult", "Type", "Value", "Version"];

    private static bool HasForm(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.EnumerateObject().All(field => (field.Name, field.Value.ValueKind) switch
    {
        ("Parameters", JsonValueKind.Array) => field.Value.EnumerateArray().All(IsParameter),
        ("Parameters", var kind) => kind == JsonValueKind.Null,
        ("NextToken", var kind) => IsPlain(kind),
        _ => true,
    });

    private static bool IsParameter(JsonElement parameter) => parameter.ValueKind == JsonValueKind.Null
        || (
            parameter.ValueKind == JsonValueKind.Object
                && parameter.EnumerateObject().All(field => IsPlain(field.Value.ValueKind) || !PlainFields.Contains(field.Name)));

    private static bool IsPlain(JsonValueKind kind) => kind is not (JsonValueKind.Object or JsonValueKind.Array);

    private sealed class FormCheck : PipelineHandler
    {
        public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            var result = await base.InvokeAsync<T>(executionContext);
            var response = executionContext.ResponseContext.HttpResponse;
            var body = new MemoryStream();
            await using (var stream = await response.ResponseBody.OpenResponseAsync())
                await stream.CopyToAsync(body, executionContext.RequestContext.CancellationToken);
            Check(body.GetBuffer().AsMemory(0, (int)body.Length), response.StatusCode);
            body.Position = 0;
            executionContext.ResponseContext.HttpResponse = new ReadResponse(response, body);
            return result;
        }

        private static void Check(ReadOnlyMemory<byte> body, HttpStatusCode status)
        {
            try
            {
                using var answer = JsonDocument.Parse(body);
                if (!HasForm(answer.RootElement))
                {
                    throw new AmazonUnmarshallingException(
                        "The answer is not Parameter Store's: it has another form.", lastKnownLocation: "", innerException: null, status);
                }
            }
            catch (JsonException error)
            {
                throw new AmazonUnmarshallingException("The answer is no JSON.", lastKnownLocation: "", error, status);
            }
        }
    }

    /// <summary>A response whose body has been read.</summary>
    private sealed class ReadResponse(IWebResponseData response, Stream body) : IWebResponseData, IHttpResponseBody
    {
        public long ContentLength => body.Length;

        public string ContentType => response.ContentType;

        public HttpStatusCode StatusCode => response.StatusCode;

        public bool IsSuccessStatusCode => response.IsSuccessStatusCode;

        public IHttpResponseBody ResponseBody => this;

        public string[] GetHeaderNames() => response.GetHeaderNames();

        public bool IsHeaderPresent(string headerName) => response.IsHeaderPresent(headerName);

        public string GetHeaderValue(string headerName) => response.GetHeaderValue(headerName);

        public bool IsEventHeaderPresent(string headerName) => response.IsEventHeaderPresent(headerName);

        public IEventStreamHeader GetEventStreamHeader(string headerName) => response.GetEventStreamHeader(headerName);

        public Stream OpenResponse() => body;

        public Task<Stream> OpenResponseAsync() => Task.FromResult(body);

        public void Dispose()
        {
            body.Dispose();
            response.ResponseBody.Dispose();
        }
    }
}
