using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Smpi.Generators.Tests;

public sealed class ContractGeneratorTests
{
    private const string Thermostat = """
        namespace Demo;

        public sealed record ReadRequest(string Room);
        public sealed record Reading(double Degrees);
        public readonly record struct Probe(int Number);

        [SmpiContract]
        public interface IThermostat
        {
            ValueTask<Reading> ReadAsync(ReadRequest request, CancellationToken ct);
            IAsyncEnumerable<Reading> WatchAsync(ReadRequest request, CancellationToken ct);
            [Idempotent] Task<Reading?> FindAsync(Probe probe);
            ValueTask ResetAsync(ReadRequest request, CancellationToken ct = default);
            Task ForgetAsync(ReadRequest request);
            [OneWay] ValueTask LogAsync(Reading reading, CancellationToken ct);
            [OneWay, SmpiMessage("thermostat.told")] Task TellAsync(Reading reading);
            Task<Reading> UploadAsync(ReadRequest request, IAsyncEnumerable<Reading> readings, CancellationToken ct);
            ValueTask LoadAsync(ReadRequest request, IAsyncEnumerable<Reading> readings);
            IAsyncEnumerable<int> CompareAsync(ReadRequest request, IAsyncEnumerable<Reading> readings, CancellationToken ct);
            ValueTask<Reading> ReadAsync(string room) => ReadAsync(new ReadRequest(room), default);
            static string Unit => "C";
        }
        """;

    private static Generated Run(string source) => Driver.Run(new ContractGenerator(), source);

    [Fact]
    public void A_client_and_a_dispatcher_are_written()
    {
        string source = Run(Thermostat).File("Demo_IThermostat.Contract.g.cs");
        foreach (string part in new[]
        {
            "RequestAsync<global::Demo.ReadRequest, global::Demo.Reading>(\"thermostat.read\", request, global::Smpi.CallOptions.Typed, token)",
            "StreamAsync<global::Demo.ReadRequest, global::Demo.Reading>(\"thermostat.watch\", request, null, token)",
            "RequestAsync<global::Demo.Probe, global::Demo.Reading>(\"thermostat.find\", request, global::Smpi.CallOptions.TypedIdempotent, default).AsTask()",
            "await channel.RequestAsync<global::Demo.ReadRequest, global::Smpi.Empty>(\"thermostat.reset\"",
            "PublishAsync<global::Demo.Reading>(\"thermostat.log\", request, null, token)",
            "PublishAsync<global::Demo.Reading>(\"thermostat.told\", request, null, default).AsTask()",
            "handlers.Request<global::Demo.ReadRequest, global::Demo.Reading>(\"thermostat.read\", static (contract, request, token) =>",
            "handlers.ClientStream<global::Demo.ReadRequest, global::Demo.Reading, global::Demo.Reading>(\"thermostat.upload\"",
            "handlers.Duplex<global::Demo.ReadRequest, global::Demo.Reading, int>(\"thermostat.compare\"",
            "handlers.OneWay<global::Demo.Reading>(\"thermostat.log\"",
            "ContractRegistry.Register<global::Demo.IThermostat>",
        })
        {
            Assert.Contains(part, source, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("(string room)", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Generated_code_has_no_warnings_of_its_own()
    {
        string source = Run(Thermostat).File("Demo_IThermostat.Contract.g.cs").Replace("#pragma warning disable", "", StringComparison.Ordinal);
        CSharpCompilation compilation = Driver.Compile(Thermostat).AddSyntaxTrees(Driver.Parse(source));
        Assert.Empty(compilation.GetDiagnostics().Where(static d => d.Severity >= DiagnosticSeverity.Warning));
    }

    [Fact]
    public void Inherited_methods_keep_the_subject_of_their_contract()
    {
        string source = Run("""
            public sealed record Ask(int A);
            public interface IHealth { ValueTask<Ask> CheckAsync(Ask ask); }
            [SmpiContract("base")] public interface IBase : IHealth { ValueTask<Ask> OneAsync(Ask ask); }
            [SmpiContract] public interface IMore : IBase { ValueTask<Ask> TwoAsync(Ask ask); new ValueTask<Ask> OneAsync(Ask ask); }
            """).File("IMore.Contract.g.cs");
        foreach (string part in new[] { "\"base.one\"", "\"more.two\"", "\"more.one\"", "\"more.check\"", "((global::IHealth)contract).CheckAsync(request)", "global::IBase.OneAsync(" })
            Assert.Contains(part, source, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_are_keywords_and_contracts_within_types_are_no_trouble()
    {
        Generated run = Run("""
            namespace @event
            {
                public static partial class Outer
                {
                    [SmpiContract] internal interface @class { ValueTask<@int> @return(@int @string, CancellationToken @for); [SmpiMessage("a\"b")] ValueTask Quoted(@int a); }
                    internal sealed record @int(int A);
                }
            }
            """);
        Assert.Contains("\"class.return\"", Assert.Single(run.Result.Results[0].GeneratedSources).SourceText.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_generic_base_is_written_for_the_contract_that_closes_it()
    {
        string source = Run("""
            public sealed record Ask(int A);
            public sealed record Order(int A);
            public interface IStore<T> { ValueTask<T> GetAsync(Ask ask); IAsyncEnumerable<T> AllAsync(Ask ask); }
            [SmpiContract] public interface IOrderStore : IStore<Order>;
            """).File("IOrderStore.Contract.g.cs");
        Assert.Contains("global::IStore<global::Order>.GetAsync(global::Ask request)", source, StringComparison.Ordinal);
        Assert.Contains("handlers.Stream<global::Ask, global::Order>(\"order-store.all\"", source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contract_with_an_error_gets_no_code() =>
        Assert.Empty(Run("[SmpiContract] public interface IA { ValueTask<int> AddAsync(int left, int right); }").Result.Results[0].GeneratedSources);

    [Fact]
    public void An_edit_elsewhere_costs_no_new_source()
    {
        CSharpCompilation before = Driver.Compile(Thermostat);
        GeneratorDriver driver = Driver.Of(new ContractGenerator()).RunGenerators(before);
        CSharpCompilation after = before.AddSyntaxTrees(Driver.Parse("public static class Unrelated { public static int Two => 2; }"));
        GeneratorRunResult run = driver.RunGenerators(after).GetRunResult().Results[0];
        Assert.All(run.TrackedSteps[ContractGenerator.Contracts].SelectMany(static s => s.Outputs), static o =>
            Assert.True(o.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, o.Reason.ToString()));
        Assert.NotEmpty(run.TrackedOutputSteps);
        Assert.All(run.TrackedOutputSteps.SelectMany(static s => s.Value).SelectMany(static s => s.Outputs), static o =>
            Assert.Equal(IncrementalStepRunReason.Cached, o.Reason));
    }

    [Fact]
    public void A_method_added_to_a_base_elsewhere_is_seen()
    {
        CSharpCompilation before = Driver.Compile("public sealed record Ask(int A); [SmpiContract] public partial interface IA { ValueTask OneAsync(Ask ask); }");
        GeneratorDriver driver = Driver.Of(new ContractGenerator()).RunGenerators(before);
        CSharpCompilation after = before.AddSyntaxTrees(Driver.Parse("public partial interface IA { System.Threading.Tasks.ValueTask TwoAsync(Ask ask); }"));
        GeneratorRunResult run = driver.RunGenerators(after).GetRunResult().Results[0];
        Assert.Contains("\"a.two\"", Assert.Single(run.GeneratedSources).SourceText.ToString(), StringComparison.Ordinal);
    }
}
