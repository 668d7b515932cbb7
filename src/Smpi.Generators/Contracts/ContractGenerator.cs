using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smpi.Generators;

/// <summary>Writes the client and the dispatcher of every contract interface.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ContractGenerator : IIncrementalGenerator
{
    /// <summary>The name of the step that ends with the models; tests look at it.</summary>
    internal const string Contracts = "Contracts";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ContractModel> contracts = context.SyntaxProvider
            .ForAttributeWithMetadataName(ContractReader.Attribute, static (node, _) => node is InterfaceDeclarationSyntax, static (found, _) => ContractReader.Read((INamedTypeSymbol)found.TargetSymbol).Model)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(Contracts);
        context.RegisterSourceOutput(contracts, static (output, model) =>
            output.AddSource($"{model.Id}.Contract.g.cs", Microsoft.CodeAnalysis.Text.SourceText.From(ContractEmitter.Emit(model), Encoding.UTF8)));
    }
}
