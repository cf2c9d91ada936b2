using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Tests.Iam;

namespace AutoMirror.Emulator.Tests.Wire;

/// <summary>What the JSON services refuse, and how they say it: their service models, and SQS's API reference.</summary>
public sealed class JsonTests : ServerTests
{
    [Theory]
    [InlineData("PutParameter", """{"Name":"/a","Value":"v","Type":"Text"}""", "'Text' at 'type' failed to satisfy constraint:")]
    [InlineData("PutParameter", """{"Name":"/a","Type":"String"}""", "1 validation error detected: Value null at 'value' failed")]
    [InlineData("PutParameter", """{"Type":"String"}""", "2 validation errors detected: Value null at 'name' failed")]
    [InlineData("PutParameter", """{"Name":"/a","Value":"v","Type":"String","Tags":[{"Value":"x"}]}""", "null at 'tags.1.member.key'")]
    [InlineData("PutParameter",
        """{"Name":"/a","Value":"v","Type":"String","Tags":[{"Key":"a","Value":"1"},{"Key":"a","Value":"2"}]}""", "more than once")]
    [InlineData("PutParameter", """{"Name":"/a","Value":"v","Type":"String","Policies":"[{}]"}""", "Policies is not emulated.")]
    [InlineData("GetParameters", """{"Names":[]}""",
        "Value '[]' at 'names' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("DescribeParameters", """{"MaxResults":51}""",
        "Value '51' at 'maxResults' failed to satisfy constraint: Member must have value less than")]
    [InlineData("DescribeParameters", """{"ParameterFilters":[{"Key":"Colour"}]}""", "at 'parameterFilters.1.member.key' failed")]
    [InlineData("DescribeParameters", """{"Filters":[{"Key":"Name","Values":["a"]}]}""", "is not emulated.")]
    public async Task Parameter_Store_says_all_that_its_model_refuses(string action, string input, string expected)
    {
        var (code, message) = await RefusedAsync($"AmazonSSM.{action}", input);

        Assert.Equal("ValidationException", code);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Key":"Path","Option":"Equals","Values":["/a"]}""", "InvalidFilterOption")]
    [InlineData("""{"Key":"Label","Values":["x"]}""", "InvalidFilterKey")]
    [InlineData("""{"Key":"Name"}""", "InvalidFilterValue")]
    public async Task Filters_of_parameters_have_codes_of_their_own(string filter, string code) =>
        Assert.Equal(code, (await RefusedAsync("AmazonSSM.DescribeParameters", $$"""{"ParameterFilters":[{{filter}}]}""")).Code);

    [Fact]
    public async Task A_parameter_has_fifty_tags_with_keys_of_128_characters()
    {
        Server.Cloud.Ssm.Put("/a", "v", "String");
        var most = string.Join(',', Enumerable.Range(0, 50).Select(i => $$"""{"Key":"{{new string('k', 126)}}{{i:00}}","Value":"v"}"""));
        await AnswerAsync("AmazonSSM.AddTagsToResource", $$"""{"ResourceType":"Parameter","ResourceId":"/a","Tags":[{{most}}]}""");

        Assert.Equal("TooManyTagsError", (await RefusedAsync("AmazonSSM.AddTagsToResource",
            """{"ResourceType":"Parameter","ResourceId":"/a","Tags":[{"Key":"one-more","Value":"v"}]}""")).Code);
    }

    [Theory]
    [InlineData("PutRule", """{"Name":"a b","EventPattern":"{}"}""")]
    [InlineData("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"x\"]}","State":"ON"}""")]
    [InlineData("ListRules", """{"Limit":0}""")]
    [InlineData("ListRules", """{"NextToken":"nonsense"}""")]
    [InlineData("PutTargets", """{"Rule":"r","Targets":[]}""")]
    [InlineData("PutTargets", """{"Rule":"r","Targets":[{"Arn":"arn:aws:sqs:us-east-1:123456789012:q"}]}""")]
    [InlineData("RemoveTargets", """{"Rule":"r"}""")]
    [InlineData("PutEvents", "{}")]
    public async Task EventBridge_says_what_its_model_refuses(string action, string input) =>
        Assert.Equal("ValidationException", (await RefusedAsync($"AWSEvents.{action}", input)).Code);

    [Fact]
    public async Task A_target_comes_back_as_it_was_put_and_a_rule_has_five()
    {
        Server.Cloud.Events.PutRule("r", """{"source":["mine"]}""");
        const string Target = """{"Id":"a","Arn":"arn:aws:sqs:us-east-1:123456789012:q","RetryPolicy":{"MaximumRetryAttempts":3}}""";
        await AnswerAsync("AWSEvents.PutTargets", $$"""{"Rule":"r","Targets":[{{Target}}]}""");
        Assert.Equal(Target, (await AnswerAsync("AWSEvents.ListTargetsByRule", """{"Rule":"r"}"""))["Targets"]![0]!.ToJsonString());

        const string Stream = """{"Id":"k","Arn":"arn:aws:kinesis:us-east-1:123456789012:stream/s","KinesisParameters":{}}""";
        var kinesis = await AnswerAsync("AWSEvents.PutTargets", $$"""{"Rule":"r","Targets":[{{Stream}}]}""");
        Assert.Equal(1, kinesis["FailedEntryCount"]!.GetValue<int>());

        var more = string.Join(',', Enumerable.Range(1, 5).Select(i => Target.Replace("\"a\"", $"\"{i}\"", StringComparison.Ordinal)));
        var (code, _) = await RefusedAsync("AWSEvents.PutTargets", $$"""{"Rule":"r","Targets":[{{more}}]}""");
        Assert.Equal("LimitExceededException", code);
    }

    [Fact]
    public async Task An_event_that_is_put_has_the_time_it_was_given()
    {
        await AnswerAsync("AWSEvents.PutEvents", """{"Entries":[{"Source":"mine","DetailType":"t","Detail":"{}","Time":1700000000}]}""");

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700000000), Server.Cloud.Events.History[^1].Time);
    }

    [Theory]
    [InlineData("CreateQueue", """{"QueueName":"q","Attributes":{"VisibilityTimeout":"31"}}""", "QueueNameExists")]
    [InlineData("CreateQueue", """{"QueueName":"new","Attributes":{"Colour":"red"}}""", "InvalidAttributeName")]
    [InlineData("SetQueueAttributes", """{"QueueUrl":"q"}""", "MissingParameter")]
    [InlineData("SetQueueAttributes", """{"QueueUrl":"q","Attributes":{"MessageRetentionPeriod":"59"}}""", "InvalidAttributeValue")]
    [InlineData("SetQueueAttributes", """{"QueueUrl":"q","Attributes":{"RedrivePolicy":"{"}}""", "InvalidParameterValue")]
    [InlineData("GetQueueAttributes", """{"QueueUrl":"q","AttributeNames":["Colour"]}""", "InvalidAttributeName")]
    [InlineData("GetQueueUrl", """{"QueueName":"q","QueueOwnerAWSAccountId":"210987654321"}""", "QueueDoesNotExist")]
    [InlineData("SendMessage", """{"QueueUrl":"q","MessageBody":"x","DelaySeconds":901}""", "InvalidParameterValue")]
    [InlineData("SendMessageBatch", """{"Entries":[{"Id":"1","MessageBody":"x"}]}""", "MissingParameter")]
    [InlineData("SendMessageBatch", """{"QueueUrl":"q","Entries":[{"Id":"a b","MessageBody":"x"}]}""", "InvalidBatchEntryId")]
    [InlineData("ReceiveMessage", """{"QueueUrl":"q","WaitTimeSeconds":21}""", "InvalidParameterValue")]
    [InlineData("DeleteMessage", """{"QueueUrl":"q","ReceiptHandle":"mine"}""", "ReceiptHandleIsInvalid")]
    [InlineData("ChangeMessageVisibility", """{"QueueUrl":"q","ReceiptHandle":"AQEBx"}""", "MissingParameter")]
    public async Task SQS_refuses_what_its_reference_rules_out(string action, string input, string code)
    {
        Server.Cloud.Sqs.Create("q");

        Assert.Equal(code, (await RefusedAsync($"AmazonSQS.{action}", input)).Code);
        Assert.Single(Server.Cloud.Sqs.All);
    }

    [Fact]
    public async Task A_queue_gives_its_attributes_back_and_lists_by_page()
    {
        const string Attributes = """{"MessageRetentionPeriod":"60","MaximumMessageSize":"1024","Policy":"{}"}""";
        for (var i = 0; i < 2; i++)
            await AnswerAsync("AmazonSQS.CreateQueue", $$"""{"QueueName":"q","Attributes":{{Attributes}}}""");
        Server.Cloud.Sqs.Create("r");

        var read = await AnswerAsync("AmazonSQS.GetQueueAttributes",
            """{"QueueUrl":"q","AttributeNames":["MessageRetentionPeriod","MaximumMessageSize","Policy"]}""");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Attributes), read["Attributes"]), read.ToJsonString());
        Assert.Equal("InvalidParameterValue", (await RefusedAsync(
            "AmazonSQS.SendMessage", $$"""{"QueueUrl":"q","MessageBody":"{{new string('x', 1025)}}"}""")).Code);

        var first = await AnswerAsync("AmazonSQS.ListQueues", """{"MaxResults":1}""");
        var second = await AnswerAsync("AmazonSQS.ListQueues", $$"""{"MaxResults":1,"NextToken":"{{first["NextToken"]}}"}""");
        Assert.EndsWith("/r", second["QueueUrls"]![0]!.GetValue<string>());
        Assert.Null(second["NextToken"]);
    }

    [Theory]
    [InlineData("RoleSessionName=x", 400)]
    [InlineData("RoleSessionName=me&DurationSeconds=60", 400)]
    [InlineData("RoleSessionName=me%00", 400)]
    [InlineData("RoleSessionName=me&DurationSeconds=900&SourceIdentity=me", 200)]
    public async Task A_role_is_assumed_within_its_limits(string form, int status)
    {
        Server.Cloud.Iam.Roles.Create("deploy", Trust.Account);
        var response = await Http.PostAsync(Server.Url, new StringContent(
            $"Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::123456789012:role/deploy&{form}", Encoding.UTF8,
            "application/x-www-form-urlencoded"));

        var body = System.Xml.Linq.XElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200 ? "AssumeRoleResponse" : "ErrorResponse", body.Name.LocalName);
    }

    [Theory]
    [InlineData("AmazonSSM.GetParameters", """{"Names":["/a",null]}""", "SerializationException")]
    [InlineData("AmazonSQS.SendMessageBatch", """{"QueueUrl":"q","Entries":[null]}""", "SerializationException")]
    [InlineData("AmazonSSM.GetParameter", """{"Name":1}""", "SerializationException")]
    [InlineData("AmazonSSM.GetParameter", """{"Name":null}""", "ValidationException")]
    [InlineData("AmazonSQS.SetQueueAttributes", """{"QueueUrl":"q","Attributes":null}""", "MissingParameter")]
    public async Task Nulls_and_values_of_another_type_are_the_callers_error(string target, string input, string code)
    {
        Server.Cloud.Sqs.Create("q");

        Assert.Equal(code, (await RefusedAsync(target, input)).Code);
    }

    private async Task<JsonNode> AnswerAsync(string target, string input)
    {
        var (ok, body) = await PostAsync(target, input);
        Assert.True(ok, body.ToJsonString());
        return body;
    }

    private async Task<(string Code, string Message)> RefusedAsync(string target, string input)
    {
        var (ok, body) = await PostAsync(target, input);
        Assert.False(ok, body.ToJsonString());
        return (body["__type"]!.GetValue<string>(), body["message"]!.GetValue<string>());
    }

    private async Task<(bool Ok, JsonNode Body)> PostAsync(string target, string input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Server.Url) { Content = new StringContent(input) };
        request.Headers.Add("X-Amz-Target", target);
        using var response = await Http.SendAsync(request);
        return (response.IsSuccessStatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
