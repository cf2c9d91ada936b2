using AutoMirror.Core.Ports;

namespace AutoMirror.Aws;

/// <summary>Follows pages to the end, and long lists of filter values in groups.</summary>
internal static class Paging
{
    /// <summary>EC2 takes this many values in one filter (EC2 API reference, Filter).</summary>
    public const int FilterValues = 200;

    /// <summary>EC2's largest page for the describes used here (their MaxResults).</summary>
    public const int PageSize = 1000;

    // 10,000 sessions and as many instances are 10 pages; what is beyond this is not an answer but a loop.
    private const int MostPages = 1000;

    // Enough to hide the round trips, few enough to leave most of EC2's bucket of describes to others.
    private const int GroupsAtOnce = 8;

    /// <summary>Every item of every page, or the first refusal.</summary>
    /// <param name="caller">Makes the calls.</param>
    /// <param name="action">The action's name.</param>
    /// <param name="call">Asks for the page at a token; the first page has none.</param>
    /// <param name="items">What a page holds; reading it is part of the call, so that an unreadable page is a refusal.</param>
    /// <param name="nextToken">Where the next page is.</param>
    /// <param name="cancellationToken">Ends it all.</param>
    public static async Task<Answer<IReadOnlyList<TItem>>> PagesAsync<TPage, TItem>(
        this AwsCaller caller,
        string action,
        Func<string?, CancellationToken, Task<TPage>> call,
        Func<TPage, IEnumerable<TItem>> items,
        Func<TPage, string?> nextToken,
        CancellationToken cancellationToken)
    {
        var all = new List<TItem>();
        string? at = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await caller.ReadAsync(action, ReadPageAsync, cancellationToken);
            if (!answer.TryGet(out var read, out var refusal))
                return new Answer<IReadOnlyList<TItem>>.Refused(refusal);
            all.AddRange(read.Items);
            if (string.IsNullOrEmpty(read.Next))
                return new Answer<IReadOnlyList<TItem>>.Given(all);
            if (read.Next == at)
                return Endless<TItem>($"{action} gave a page that leads to itself");
            at = read.Next;
        }

        return Endless<TItem>($"{action} gave more than {MostPages} pages");

        async Task<(List<TItem> Items, string? Next)> ReadPageAsync(CancellationToken token)
        {
            var given = await call(at, token);
            return (items(given).ToList(), nextToken(given));
        }
    }

    /// <summary>Each item once, as it was read last: what changes its place between two pages is listed on both.</summary>
    public static async Task<Answer<IReadOnlyList<TItem>>> OnceEach<TItem, TKey>(
        this Task<Answer<IReadOnlyList<TItem>>> reading, Func<TItem, TKey> key) =>
        (await reading).Select(
            IReadOnlyList<TItem> (items) =>
                items.Select(key).Distinct().Count() == items.Count ? items : [.. items.Reverse().DistinctBy(key).Reverse()]);

    private static Answer<IReadOnlyList<TItem>>.Refused Endless<TItem>(string how) =>
        new(new Refusal(RefusalKind.Other, RefusalCodes.UnreadableAnswer, how));

    /// <summary>The answers to all groups of values together, several groups at once, or the first refusal.</summary>
    public static async Task<Answer<IReadOnlyList<TItem>>> GroupsAsync<TItem>(
        IEnumerable<string> values, Func<List<string>, Task<Answer<IReadOnlyList<TItem>>>> ask)
    {
        var all = new List<TItem>();
        foreach (var round in values.Chunk(FilterValues).Chunk(GroupsAtOnce))
        {
            foreach (var answer in await Task.WhenAll(round.Select(group => ask([.. group]))))
            {
                if (!answer.TryGet(out var items, out _))
                    return answer;
                all.AddRange(items);
            }
        }

        return new Answer<IReadOnlyList<TItem>>.Given(all);
    }
}
