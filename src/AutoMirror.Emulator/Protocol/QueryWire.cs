using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Protocol;

/// <summary>
/// AWS Query: parameters with dotted names in, XML out. Lists are <c>Name.member.1</c> and <c>&lt;member&gt;</c>, maps
/// <c>Name.entry.1.key</c> and <c>&lt;entry&gt;</c>.
/// </summary>
/// <param name="api">The service.</param>
/// <param name="version">The version that requests name.</param>
/// <param name="xmlNamespace">The namespace of answers.</param>
/// <param name="types">The types of members that are not texts.</param>
/// <param name="maps">The members of answers that are maps.</param>
internal sealed class QueryWire(ServiceApi api, string version, string xmlNamespace, QueryTypes types, params string[] maps)
{
    public string Service => api.Service;

    public string Version => version;

    public WireReply Answer(string action, Parameters parameters, string requestId)
    {
        if (!api.Knows(action))
            throw new AwsException("InvalidAction", $"Could not find operation {action} for version {version}");
        var input = (JsonObject)Read(parameters, "");
        input.Remove("Action");
        input.Remove(nameof(Version));
        var output = api.Do(action, input);
        var body = new XmlBody();
        Write(body, output);
        return Xml(
            200,
            $"<{action}Response xmlns=\"{xmlNamespace}\"><{action}Result>{body}</{action}Result>"
                + $"<ResponseMetadata><RequestId>{requestId}</RequestId></ResponseMetadata></{action}Response>",
            requestId);
    }

    public WireReply Fail(AwsException error, string requestId) => Xml(
        error.Status,
        $"<ErrorResponse xmlns=\"{xmlNamespace}\"><Error><Type>{(error.Status < 500 ? "Sender" : "Receiver")}</Type>"
            + $"<Code>{error.QueryCode ?? error.Code}</Code>{new XmlBody().Text("Message", error.Message)}</Error>"
            + $"<RequestId>{requestId}</RequestId></ErrorResponse>",
        requestId);

    /// <summary>A parameter with all below it; the path is that of its member in the service model, without the numbers of lists.</summary>
    private JsonNode Read(Parameters from, string path)
    {
        if (from.Structure("member") is { } members)
            return List(members, path);
        if (from.Structure("entry") is not null)
        {
            return new JsonObject(from.Structures("entry").Select(entry =>
                KeyValuePair.Create(entry.Text("key") ?? "", (JsonNode?)(entry.Text("value") ?? ""))));
        }

        var names = from.Names.ToList();
        if (names.Count == 0)
            return types.Read(path, from.Value ?? "");
        return new JsonObject(names.Select(child => KeyValuePair.Create(child,
            (JsonNode?)Read(from.Structure(child)!, path.Length == 0 ? child : $"{path}.{child}"))));
    }

    private JsonArray List(Parameters members, string path) => members.Names
        .Where(key => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .OrderBy(key => int.Parse(key, CultureInfo.InvariantCulture))
        .Select(key => Read(members.Structure(key)!, path)).ToJsonArray();

    private void Write(XmlBody body, JsonObject fields)
    {
        foreach (var (name, value) in fields)
            Write(body, name, value);
    }

    private void Write(XmlBody body, string name, JsonNode? value)
    {
        switch (value)
        {
            case null:
                break;
            case JsonArray items:
                body.Structure(name, () =>
                {
                    foreach (var item in items)
                        Write(body, "member", item);
                });
                break;
            case JsonObject map when maps.Contains(name):
                body.Structure(name, () =>
                {
                    foreach (var (key, item) in map)
                        body.Structure("entry", () => Write(body.Text("key", key), "value", item));
                });
                break;
            case JsonObject fields:
                body.Structure(name, () => Write(body, fields));
                break;
            case not null when JsonTimes.Read(value) is { } time:
                body.Text(name, Notation.Time(time));
                break;
            default:
                body.Text(name, value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString());
                break;
        }
    }

    private static WireReply Xml(int status, string body, string requestId) =>
        WireReply.Text(status, "text/xml", body).With("x-amzn-RequestId", requestId);
}
