using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Smpi.Generators.Tests;

public sealed class LockTests
{
    private const string Reading = "public sealed record Reading(int Id, string Name, double? Value) : IEvent; ";

    private const string Locked = "Reading.Id = 1 int\nReading.Name = 2 string\nReading.Value = 3 double\n";

    private static Diagnostic[] Build(string source, string locked) =>
        [.. Driver.Run(new RecordGenerator(), source, new LockText(locked)).Diagnostics.OrderBy(static d => d.Id, StringComparer.Ordinal)];

    [Fact]
    public void A_lock_that_fits_is_silent() => Assert.Empty(Build(Reading, "# comment\n\n" + Locked));

    [Theory]
    [InlineData("public sealed record Reading(int Id, string Name, double? Value, bool Wet) : IEvent;", Locked, "SMPI0041", "smpi.lock lacks Reading.Wet; build with -p:SmpiUpdateLock=true")]
    [InlineData("public sealed record Reading(int Id, string Name) : IEvent;", Locked, "SMPI0041", "Reading.Value, which is gone; its number 3 has to be reserved")]
    [InlineData("public sealed record Reading(int Id, string Name, long Value) : IEvent;", Locked, "SMPI0040", "Reading.Value is a long, and number 3 was committed as double")]
    [InlineData("public sealed record Reading(int Id, string Name, [Field(9)] double Value) : IEvent;", Locked, "SMPI0040", "Reading.Value has the number 9, and was committed with 3")]
    [InlineData("public sealed record Reading(int Id, [property: Field(3)] string Name) : IEvent;", "Reading.Id = 1 int\nreserved Reading = 2, 3", "SMPI0040", "Reading.Name takes the number 3, which belonged to something that was removed")]
    [InlineData("public sealed record Reading(int Id) : IEvent;", "Reading.Id = 1 int\nReading = 4\n", "SMPI0042", "'Reading = 4'")]
    [InlineData("public sealed record Reading(int Id) : IEvent;", "Reading.Id = one\nReading.Id = 1 int", "SMPI0042", "'Reading.Id = one'")]
    [InlineData("public sealed record Reading(int Id) : IEvent;", "Reading.Id = 1 int\nOther.Id = 1 int", "SMPI0041", "smpi.lock has Other, which no longer travels")]
    [InlineData("public enum Color { Red = 2 } public sealed record Reading(Color Id) : IEvent;", "Reading.Id = 1 Color\nColor.Red = 1 enum", "SMPI0040", "Color.Red has the number 2, and was committed with 1")]
    public void What_contradicts_the_lock_fails_the_build(string source, string locked, string id, string sentence)
    {
        Diagnostic reported = Assert.Single(Build(source, locked));
        Assert.Equal((id, DiagnosticSeverity.Error), (reported.Id, reported.Severity));
        Assert.Contains(sentence, reported.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_members_with_one_number_fail_the_build_without_a_lock()
    {
        Diagnostic reported = Assert.Single(Driver.Run(new RecordGenerator(), "public sealed record Reading(int Id, [property: Field(1)] string Name) : IEvent;").Diagnostics);
        Assert.Equal("SMPI0043", reported.Id);
    }

    [Fact]
    public void Members_may_change_their_order_because_committed_numbers_stay() =>
        Assert.Empty(Build("public sealed record Reading(double? Value, string Name, int Id) : IEvent;", Locked));

    [Fact]
    public void An_update_only_appends_and_reserves()
    {
        string updated = Update("public sealed record Reading(bool Wet, int Id, double? Value) : IEvent;", Locked + "reserved Reading = 7\n");
        Assert.Contains("Reading.Id = 1 int\nReading.Value = 3 double\nReading.Wet = 8 bool\nreserved Reading = 2, 7\n", updated, StringComparison.Ordinal);
        Assert.Empty(Build("public sealed record Reading(bool Wet, int Id, double? Value) : IEvent;", updated));
    }

    [Fact]
    public void The_first_lock_holds_every_record_enum_and_union()
    {
        string first = Update("""
            namespace Home;
            public enum Room { Kitchen, Office = 5 }
            [System.Text.Json.Serialization.JsonDerivedType(typeof(Circle), "c")] public abstract record Shape;
            public sealed record Circle(double Radius) : Shape;
            public sealed record Plan(Room Room, Dictionary<string, Shape> Shapes) : IEvent;
            """, null);
        Assert.Contains("Home.Circle.Radius = 1 double\n", first, StringComparison.Ordinal);
        Assert.Contains("Home.Plan.Room = 1 Home.Room\nHome.Plan.Shapes = 2 System.Collections.Generic.Dictionary<string,Home.Shape>\n", first, StringComparison.Ordinal);
        Assert.Contains("Home.Room.Kitchen = 0 enum\nHome.Room.Office = 5 enum\n", first, StringComparison.Ordinal);
        Assert.Contains("Home.Shape.Circle = 1 case\n", first, StringComparison.Ordinal);
    }

    // As the build target does it.
    private static string Update(string source, string? locked)
    {
        GeneratorDriver driver = Driver.Of(new RecordGenerator()).WithUpdatedAnalyzerConfigOptions(new Options());
        if (locked is not null) driver = driver.AddAdditionalTexts([new LockText(locked)]);
        GeneratorDriverRunResult result = driver.RunGenerators(Driver.Compile(source)).GetRunResult();
        Assert.Empty(result.Diagnostics);
        string text = result.Results[0].GeneratedSources.Single(static s => s.HintName == "Smpi.Lock.g.cs").SourceText.ToString();
        return text.Replace("//| ", "", StringComparison.Ordinal).Replace("//|", "", StringComparison.Ordinal) + "\n";
    }

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(ImmutableDictionary<string, string>.Empty.Add("build_property.SmpiUpdateLock", "true"));

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
