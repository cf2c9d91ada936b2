using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Protocol;

/// <summary>REST-JSON: a method and a path name the action; its members are in the path, the URL's query, headers and a JSON
/// body.</summary>
internal sealed class RestWire(ServiceApi api, IReadOnlyList<RestRoute> routes)
{
    public string Service => api.Service;

    /// <summary>Whether a path belongs to this service, whatever action it names: the date of a version is its first part.</summary>
    public bool Owns(string path) => routes.Any(route => route.Path.Split('/')[1] == path.Split('/').ElementAtOrDefault(1));

    /// <summary>The route of a request with the members in its path; null when the service has no such action.</summary>
    public (RestRoute Route, Dictionary<string, string> Members)? Find(WireRequest request)
    {
        foreach (var route in routes)
        {
            if (route.Match(request.Method, request.Path) is { } members)
                return (route, members);
        }

        return null;
    }

    /// <summary>A request as the service reads it.</summary>
    public static JsonObject Read(RestRoute route, Dictionary<string, string> members, WireRequest request)
    {
        var input = route.Payload is null ? JsonInput.Parse(request.Body) : [];
        foreach (var (name, value) in members)
            input[name] = value;
        foreach (var (name, value) in request.Query)
        {
            var isNumber = name == "MaxItems" && int.TryParse(value, CultureInfo.InvariantCulture, out _);
            if (route.Lists.TryGetValue(name, out var list))
                input[list] = value.Split(',').ToJsonArray();
            else if (!name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase))
                input[name] = isNumber ? JsonNode.Parse(value) : value;
        }

        foreach (var (header, name) in route.Headers)
        {
            if (request.Header(header) is { Length: > 0 } value)
                input[name] = value;
        }

        if (route.Payload is { } payload)
            input[payload] = Encoding.UTF8.GetString(request.Body);
        return input;
    }

    /// <summary>The members of a request for the log, without code and payloads.</summary>
    public static IReadOnlyDictionary<string, string> Flatten(JsonObject? input)
    {
        if (input is null)
            return new Dictionary<string, string>();
        var flat = JsonInput.Flatten(input).Where(pair => !pair.Key.EndsWith("ZipFile", StringComparison.Ordinal));
        return flat.ToDictionary(StringComparer.Ordinal);
    }

    public WireReply Answer(RestRoute route, JsonObject input, string requestId)
    {
        var output = api.Do(route.Action, input);
        var reply = route.Status == 204
            ? WireReply.Json(204, ReadOnlyMemory<byte>.Empty)
            : WireReply.Json(route.Status, JsonTimes.InSeconds(output));
        return reply.With("x-amzn-RequestId", requestId);
    }

    /// <summary>
    /// Lambda writes <c>Message</c> with a <c>Type</c> for its own exceptions and <c>message</c> for those of the front that checks the
    /// model (seen); clients read either.
    /// </summary>
    public static WireReply Fail(AwsException error, string requestId)
    {
        var body = error.Code is "ValidationException" or "AccessDeniedException" or "SerializationException"
            ? new JsonObject { [error.Code == "AccessDeniedException" ? "Message" : "message"] = error.Message }
            : new JsonObject { ["Type"] = error.Status < 500 ? "User" : "Service", ["Message"] = error.Message };
        return WireReply.Json(error.Status, body).With("x-amzn-ErrorType", error.Code).With("x-amzn-RequestId", requestId);
    }
}
