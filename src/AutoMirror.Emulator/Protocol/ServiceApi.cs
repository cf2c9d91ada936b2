using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Protocol;

/// <summary>
/// A service whose requests and answers are structures, whatever protocol carries them: AWS JSON, AWS Query, REST-JSON. Numbers, flags
/// and times of a request have their own types by the time a handler sees them; an answer's times are <see cref="DateTimeOffset"/>
/// values, which each protocol writes in its own notation.
/// </summary>
internal abstract class ServiceApi(string service)
{
    protected delegate JsonObject Handler(JsonObject input);

    /// <summary>The service as IAM's actions and the credential scope name it.</summary>
    public string Service => service;

    /// <summary>What does an action's work; null for an action that the emulator does not know.</summary>
    protected abstract Handler? Find(string action);

    /// <summary>The limits that the service model sets for the members of an action's request.</summary>
    protected virtual IEnumerable<Limit> LimitsOf(string action) => [];

    /// <summary>The code of the error for a request that breaks its model's limits.</summary>
    protected virtual string LimitCode => "ValidationException";

    /// <summary>The service's error for a page token that it has not given out.</summary>
    protected abstract AwsException InvalidNextToken();

    public bool Knows(string action) => Find(action) is not null;

    /// <summary>Answers a request that has been read from its protocol.</summary>
    public JsonObject Do(string action, JsonObject input)
    {
        var handler = Find(action) ?? throw JsonApi.UnknownOperation();
        Limit.Check(input, LimitsOf(action), LimitCode);
        try
        {
            return handler(input);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException)
        {
            // A value of another type than the service model has is the caller's error.
            throw JsonInput.Invalid(error.Message);
        }
    }

    /// <summary>
    /// Answers one page of a list in the order of its keys, as the member of that name, and a token when there is more.
    /// </summary>
    protected JsonObject Page<T>(
        string name, IEnumerable<T> ordered, Func<T, string> key, JsonObject input, int most, Func<T, JsonNode> write,
        string token = "NextToken", string? tokenOut = null)
    {
        var page = Paging.Take(name, ordered, key, Paging.Read(name, input.Text(token), InvalidNextToken), most);
        return new JsonObject { [name] = page.Items.Select(write).ToJsonArray() }.WithAny(tokenOut ?? token, page.NextToken);
    }
}
