using System.Text;
using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>Writes calls of exact types and the shapes of all records that travel.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class RecordGenerator : IIncrementalGenerator
{
    /// <summary>The name of the step that ends with the models of all roots; tests look at it.</summary>
    internal const string Roots = "Roots";

    /// <summary>The name of the step that ends with what referenced assemblies make travel; tests look at it.</summary>
    internal const string Referenced = "Referenced";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<RootModel> messages = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => RootReader.MayBeMessage(node),
            static (found, token) => found.SemanticModel.GetDeclaredSymbol(found.Node, token) is INamedTypeSymbol type ? RootReader.OfType(type, found.Node) : null)
            .Where(static root => root is not null)!;
        IncrementalValuesProvider<RootModel> marked = Marked(context, "Smpi.SmpiRecordAttribute");
        IncrementalValuesProvider<RootModel> errors = Marked(context, "Smpi.SmpiErrorAttribute");
        IncrementalValuesProvider<RootModel> contracts = Marked(context, "Smpi.SmpiContractAttribute");

        IncrementalValueProvider<EquatableArray<RootModel>> roots = messages.Collect()
            .Combine(marked.Collect()).Combine(errors.Collect()).Combine(contracts.Collect())
            .Select(static (all, _) => Unique([.. all.Left.Left.Left, .. all.Left.Left.Right, .. all.Left.Right, .. all.Right]))
            .WithTrackingName(Roots);
        IncrementalValueProvider<Target> target = context.CompilationProvider.Select(static (compilation, _) => Target.Of(compilation));
        IncrementalValueProvider<EquatableArray<JsonContext>> contexts = context.SyntaxProvider
            .ForAttributeWithMetadataName(JsonContexts.Attribute, static (_, _) => true, static (found, _) => JsonContexts.Of(found))
            .Where(static found => found is not null)
            .Collect()
            .Select(static (all, _) => new EquatableArray<JsonContext>([.. all!]));
        IncrementalValueProvider<EquatableArray<ReferencedContracts>> referenced =
            context.CompilationProvider.Select(ReferencedContractsReader.Of).WithTrackingName(Referenced);
        IncrementalValueProvider<bool> isWithoutReflection =
            context.AnalyzerConfigOptionsProvider.Select(static (options, _) => Target.IsWithoutReflection(options.GlobalOptions));
        IncrementalValueProvider<EquatableArray<JsonUse>> uses = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => JsonUse.MayBe(node), JsonUse.Of)
            .Where(static use => use is not null)
            .Collect()
            .Select(static (all, _) => new EquatableArray<JsonUse>([.. all!]));
        context.RegisterSourceOutput(
            roots.Combine(contexts).Combine(referenced).Combine(uses.Combine(isWithoutReflection)),
            static (output, found) => ReportJson(
                output, found.Left.Left.Left, found.Left.Left.Right, found.Left.Right, found.Right.Left, found.Right.Right));
        IncrementalValueProvider<LockState> locks = context.AdditionalTextsProvider
            .Where(static file => System.IO.Path.GetFileName(file.Path) == "smpi.lock")
            .Select(static (file, token) => LockFile.Parse(file.GetText(token)?.ToString() ?? ""))
            .Collect()
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (found, _) => new LockState(
                found.Left.Length > 0 ? found.Left[0] : null,
                found.Right.GlobalOptions.TryGetValue("build_property.SmpiUpdateLock", out string? update) && update == "true"));
        context.RegisterSourceOutput(
            roots.Combine(target).Combine(locks).Combine(referenced.Combine(isWithoutReflection)),
            static (output, found) => Write(
                output, found.Left.Left.Left, found.Left.Left.Right, found.Left.Right, found.Right.Left, found.Right.Right));
    }

    private static IncrementalValuesProvider<RootModel> Marked(IncrementalGeneratorInitializationContext context, string attribute) =>
        context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (_, _) => true,
            static (found, _) => found.TargetSymbol switch
            {
                IAssemblySymbol assembly => RootReader.OfAssembly(assembly, found.Attributes),
                INamedTypeSymbol { TypeKind: TypeKind.Interface } contract => RootReader.OfContract(contract, found.TargetNode),
                INamedTypeSymbol type => RootReader.OfType(type, found.TargetNode),
                _ => null,
            })
            .Where(static root => root is not null)!;

    // A type in several parts, or with several reasons to travel, is found more than once.
    private static EquatableArray<RootModel> Unique(IEnumerable<RootModel> roots)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        return new([.. roots.Where(root => root.Name.Length == 0 || names.Add(root.Name))]);
    }

    private static void ReportJson(
        SourceProductionContext output, EquatableArray<RootModel> roots, EquatableArray<JsonContext> contexts,
        EquatableArray<ReferencedContracts> referenced, EquatableArray<JsonUse> uses, bool isWithoutReflection)
    {
        string[] known = [.. referenced.SelectMany(static r => r.JsonTypes)];

        // Where reflection is on the serializer finds the records of other projects by itself.
        EquatableArray<RootModel> all = isWithoutReflection ? With(roots, referenced) : roots;
        JsonContexts.Report(output, all, contexts, known);
        if (isWithoutReflection) JsonUseReport.Report(output, uses, all, contexts, known);
    }

    private static void Write(
        SourceProductionContext output, EquatableArray<RootModel> own, Target target, LockState locks,
        EquatableArray<ReferencedContracts> referenced, bool isWithoutReflection)
    {
        Check(output, own, locks);
        CallModel[] calls = [.. own.SelectMany(static r => r.Calls)];
        if (target.HasChannel && calls.Length > 0) Add(output, "Smpi.Calls.g.cs", CallEmitter.Emit(calls, target.Assembly));
        string[] nulls = [.. own.SelectMany(static r => r.Nulls).Distinct().OrderBy(static n => n, StringComparer.Ordinal)];
        if (target.HasChannel && nulls.Length > 0) Add(output, "Smpi.Nulls.g.cs", NullsEmitter.Emit(nulls, target.Assembly));
        if (locks is { File: { } file, IsUpdate: false } && !target.HasProtobuf) Add(output, "Smpi.LockText.g.cs", LockText.Emit(file));
        if (target.HasJson) WriteJson(output, With(own, referenced.Where(static r => !r.HasJson)), target);

        // The records of other projects that cannot travel are told where nothing else would carry them.
        EquatableArray<RootModel> Told(EquatableArray<RootModel> all) => isWithoutReflection ? all : own;
        Dictionary<string, string> told = new(StringComparer.Ordinal);
        if (target.HasMessagePack)
        {
            EquatableArray<RootModel> roots = With(own, referenced.Where(static r => !r.HasMessagePack));
            SortedDictionary<string, TypeModel> types = TypeSet.Merge(roots);
            told = TypeSet.Prune(types, static t => t.Kind == ShapeKind.Message ? $"{t.ShortName} is made by protoc, and MessagePack cannot carry it" : t.Problem);
            RecordRulesReport.Report(output, Told(roots), told, "MessagePack");
            if (types.Count > 0) Add(output, "Smpi.MessagePack.g.cs", MessagePackEmitter.Emit(new Dictionary<string, TypeModel>(types), target.Assembly));
        }

        if (target.HasProtobuf)
        {
            ReferencedContracts[] lacking = [.. referenced.Where(static r => !r.HasProtobuf)];
            EquatableArray<RootModel> roots = With(own, lacking);
            LockFile? numbers = LockText.Combine(locks.File, lacking);
            SortedDictionary<string, TypeModel> types = TypeSet.Merge(roots);
            Dictionary<string, string> problems = TypeSet.Prune(types, t => ProtobufEmitter.Refuse(t, numbers));

            // What every encoding refuses is told once, and two members with one number are an error of their own.
            Dictionary<string, string> news = problems
                .Where(p => !p.Value.EndsWith(ProtobufEmitter.Clash, StringComparison.Ordinal) && !(told.TryGetValue(p.Key, out string? before) && before == p.Value))
                .ToDictionary(static p => p.Key, static p => p.Value);
            RecordRulesReport.Report(output, Told(roots), news, "Protobuf");
            if (types.Count > 0) Add(output, "Smpi.Protobuf.g.cs", ProtobufEmitter.Emit(new Dictionary<string, TypeModel>(types), numbers, target.Assembly));
        }
    }

    private static EquatableArray<RootModel> With(EquatableArray<RootModel> own, IEnumerable<ReferencedContracts> referenced) =>
        new([.. own, .. referenced.SelectMany(static r => r.Roots)]);

    // The serializer carries what has no straight way, so nothing is reported.
    private static void WriteJson(SourceProductionContext output, EquatableArray<RootModel> roots, Target target)
    {
        SortedDictionary<string, TypeModel> types = TypeSet.Merge(roots);
        TypeSet.Prune(types, static t => JsonShapeEmitter.IsLeftOut(t) ? "" : null);
        if (types.Values.Any(static t => t.Kind == ShapeKind.Record)) Add(output, "Smpi.Json.g.cs", JsonShapeEmitter.Emit(new Dictionary<string, TypeModel>(types), target.Assembly));
    }

    private static void Check(SourceProductionContext output, EquatableArray<RootModel> roots, LockState locks)
    {
        SortedDictionary<string, TypeModel> types = TypeSet.Merge(roots);
        TypeSet.Prune(types, static t => t.Problem);
        if (locks.IsUpdate)
        {
            string text = LockWriter.Write(types.Values, locks.File).TrimEnd('\n');
            Add(output, "Smpi.Lock.g.cs", "//| " + text.Replace("\n", "\n//| "));
            return;
        }

        LockReport.Report(output, roots, types.Values, locks.File);
    }

    private static void Add(SourceProductionContext output, string name, string source) =>
        output.AddSource(name, Microsoft.CodeAnalysis.Text.SourceText.From(source, Encoding.UTF8));
}
