using Microsoft.CodeAnalysis;

namespace Smpi.Generators.Tests;

public sealed class ContractAnalyzerTests
{
    private const string Records = "public sealed record Ask(int A); public sealed record Told(int A);\n";

    [Theory]
    [InlineData("SMPI0020", "int Count { get; }", "'IA.Count' cannot travel: a property is no call; write a method that asks for the value")]
    [InlineData("SMPI0020", "event Action Changed;", "subscribe to an event of the channel instead")]
    [InlineData("SMPI0020", "int this[int at] { get; set; }", "a property is no call")]
    [InlineData("SMPI0020", "ValueTask<T> GetAsync<T>(Ask ask);", "it is generic")]
    [InlineData("SMPI0020", "ValueTask GetAsync(ref Ask ask);", "it has a parameter or result by reference")]
    [InlineData("SMPI0020", "ValueTask GetAsync(in Ask ask);", "it has a parameter or result by reference")]
    [InlineData("SMPI0020", "static abstract ValueTask GetAsync(Ask ask);", "it is static and abstract")]
    [InlineData("SMPI0020", "void Get(Ask ask);", "return ValueTask, with [OneWay] if nobody answers")]
    [InlineData("SMPI0020", "Told Get(Ask ask);", "it returns Told; return ValueTask<T>")]
    [InlineData("SMPI0020", "ValueTask<object> GetAsync(Ask ask);", "object cannot be a value on a wire")]
    [InlineData("SMPI0020", "ValueTask<IAsyncEnumerable<Told>> GetAsync(Ask ask);", "IAsyncEnumerable<Told> cannot be a value on a wire")]
    [InlineData("SMPI0020", "IAsyncEnumerable<Func<int>> GetAsync(Ask ask);", "Func<int> cannot be a value on a wire")]
    [InlineData("SMPI0021", "ValueTask<Told> GetAsync();", "'IA.GetAsync' takes no record")]
    [InlineData("SMPI0021", "ValueTask<Told> GetAsync(CancellationToken ct);", "takes no record")]
    [InlineData("SMPI0021", "ValueTask<Told> GetAsync(IAsyncEnumerable<Ask> items, CancellationToken ct);", "takes no record")]
    [InlineData("SMPI0022", "ValueTask<Told> GetAsync(Ask a, Told b, CancellationToken ct);", "takes 'Ask', 'Told': put them into one record")]
    [InlineData("SMPI0022", "ValueTask<Told> GetAsync(CancellationToken ct, Ask a);", "takes 'CancellationToken', 'Ask'")]
    [InlineData("SMPI0023", "ValueTask<Told> GetAsync(string a);", "takes 'string', which is no record")]
    [InlineData("SMPI0023", "ValueTask<Told> GetAsync(List<Ask> a);", "takes 'List<Ask>', which is no record")]
    [InlineData("SMPI0023", "ValueTask<Told> GetAsync((int A, int B) a);", "which is no record")]
    [InlineData("SMPI0023", "ValueTask<Told> GetAsync(DayOfWeek a);", "which is no record")]
    [InlineData("SMPI0024", "ValueTask GetAsync(Ask a); ValueTask<Told> Get(Ask a);", "'IA.Get' has the subject 'a.get' of 'IA.GetAsync'")]
    [InlineData("SMPI0024", "ValueTask OneAsync(Ask a); [SmpiMessage(\"a.one\")] ValueTask TwoAsync(Ask a);", "'IA.TwoAsync' has the subject 'a.one'")]
    [InlineData("SMPI0029", "[OneWay] ValueTask<Told> GetAsync(Ask a);", "'IA.GetAsync' is one-way")]
    [InlineData("SMPI0029", "[OneWay] ValueTask GetAsync(Ask a, IAsyncEnumerable<Told> items);", "'IA.GetAsync' is one-way")]
    [InlineData("SMPI0030", "[Idempotent] IAsyncEnumerable<Told> GetAsync(Ask a);", "[Idempotent] has no effect on 'IA.GetAsync'")]
    [InlineData("SMPI0031", "ValueTask<int> GetAsync(Ask a);", "'IA.GetAsync' answers with 'int'")]
    [InlineData("SMPI0032", "[SmpiMessage(\"\")] ValueTask GetAsync(Ask a);", "The subject of 'IA.GetAsync' is empty")]
    public async Task A_member_that_cannot_travel_is_reported(string id, string member, string sentence)
    {
        Diagnostic reported = Assert.Single(await Analysis.OfAsync(Records + "[SmpiContract] public interface IA { " + member + " }"));
        Assert.Equal(id, reported.Id);
        Assert.Contains(sentence, reported.GetMessage(null), StringComparison.Ordinal);
        Assert.True(reported.Location.IsInSource);
    }

    [Theory]
    [InlineData("SMPI0026", "[SmpiContract] public interface IA<T> { ValueTask<T> GetAsync(Ask a); }", "The contract 'IA' has type parameters")]
    [InlineData("SMPI0027", "public static class B { [SmpiContract] private interface IA { ValueTask GetAsync(Ask a); } }", "The contract 'IA' cannot be named")]
    [InlineData("SMPI0027", "[SmpiContract] file interface IA { ValueTask GetAsync(Ask a); }", "The contract 'IA' cannot be named")]
    [InlineData("SMPI0032", "[SmpiContract(\" \")] public interface IA { ValueTask GetAsync(Ask a); }", "The subject of 'IA' is empty")]
    [InlineData("SMPI0020", "public interface IB { int Count { get; } } [SmpiContract] public interface IA : IB { ValueTask GetAsync(Ask a); }", "'IB.Count' cannot travel")]
    [InlineData("SMPI0020", "[SmpiContract] public interface IA : IAsyncDisposable { ValueTask GetAsync(Ask a); }", "")]
    [InlineData("SMPI0025", "[SmpiMessage(\"a.get\")] public sealed record Other : IRequest; [SmpiContract] public interface IA { ValueTask GetAsync(Ask a); }", "'IA.GetAsync' has the subject 'a.get' of 'Other'")]
    [InlineData("SMPI0025", "[SmpiContract] public interface IA { ValueTask GetAsync(Ask a); } [SmpiContract(\"a\")] public interface IB { ValueTask GetAsync(Ask a); }", "'IB.GetAsync' has the subject 'a.get' of 'IA.GetAsync'")]
    public async Task A_contract_that_cannot_be_is_reported(string id, string source, string sentence)
    {
        Diagnostic reported = Assert.Single(await Analysis.OfAsync(Records + source));
        Assert.Equal(id == "SMPI0020" && sentence.Length == 0 ? "SMPI0021" : id, reported.Id);
        Assert.Contains(sentence, reported.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[SmpiContract] public interface IA { ValueTask<Told> GetAsync(Ask a, CancellationToken ct); ValueTask<Told> Both(int a, int b) => GetAsync(new Ask(a + b), default); static int Two => 2; int Three => 3; }")]
    [InlineData("[SmpiMessage(\"a.get\")] public sealed record Other : IEvent; [SmpiContract] public interface IA { ValueTask GetAsync(Ask a); }")]
    [InlineData("[SmpiContract] public interface IA { ValueTask GetAsync(Ask a); } [SmpiContract] public interface IB : IA { ValueTask OtherAsync(Ask a); }")]
    [InlineData("public interface INone { int Count { get; } }")]
    public async Task What_can_travel_is_not_reported(string source) => Assert.Empty(await Analysis.OfAsync(Records + source));

    [Theory]
    [InlineData("channel.Proxy<INone>()", "'INone' is no contract")]
    [InlineData("builder.Implement<INone>(new None())", "'INone' is no contract")]
    [InlineData("builder.Implement(new A())", "'A' is no contract")]
    [InlineData("builder.Implement<INone, None>()", "'INone' is no contract")]
    public async Task Asking_for_a_type_that_is_no_contract_is_reported(string call, string sentence)
    {
        Diagnostic reported = Assert.Single(await Analysis.OfAsync(Uses(call)));
        Assert.Equal("SMPI0028", reported.Id);
        Assert.Contains(sentence, reported.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("channel.Proxy<IA>()")]
    [InlineData("builder.Implement<IA>(new A())")]
    [InlineData("builder.Implement<IA, A>()")]
    public async Task Asking_for_a_contract_is_not_reported(string call) => Assert.Empty(await Analysis.OfAsync(Uses(call)));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_has_a_page_that_is_listed(string id)
    {
        string pages = Path.Combine(Root(), "docs", "diagnostics");
        Assert.Contains($"# {id}:", File.ReadAllText(Path.Combine(pages, id + ".md")), StringComparison.Ordinal);
        Assert.Contains($"[{id}]({id}.md)", File.ReadAllText(Path.Combine(pages, "README.md")), StringComparison.Ordinal);
    }

    public static TheoryData<string> Ids => [.. Analysis.Rules.Select(static rule => rule.Id)];

    private static string Uses(string call) => Records + $$"""
        [SmpiContract] public interface IA { ValueTask GetAsync(Ask a); }
        public sealed class A : IA { public ValueTask GetAsync(Ask a) => default; }
        public interface INone { ValueTask GetAsync(Ask a); }
        public sealed class None : INone { public ValueTask GetAsync(Ask a) => default; }
        public static class Use
        {
            public static object Make(ISmpiChannel channel, ISmpiBuilder builder) => {{call}};
            public static T Open<T>(ISmpiChannel channel) where T : class => channel.Proxy<T>();
        }
        """;

    private static string Root()
    {
        string at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Smpi.sln"))) at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return at;
    }
}
