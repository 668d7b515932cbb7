using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smpi.Generators;

/// <summary>A place where JSON is chosen.</summary>
/// <param name="Call">What is called, as it is shown to people.</param>
/// <param name="Kind">Whether it has a context of the framework's JSON.</param>
/// <param name="Where">The place.</param>
internal sealed record JsonUse(string Call, JsonUseKind Kind, Place Where)
{
    /// <summary>Whether a node may choose JSON; by its syntax only, so that every key stroke costs little.</summary>
    public static bool MayBe(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } =>
            name is "UseJson" or "AddJson" or "AddAll" or "ConnectAsync" or "ListenAsync",
        ObjectCreationExpressionSyntax made => IsNamed(made.Type, "JsonEncoding"),
        _ => false,
    };

    /// <summary>The place; null for what is not of Smpi.</summary>
    public static JsonUse? Of(GeneratorSyntaxContext found, CancellationToken cancellationToken)
    {
        if (found.SemanticModel.GetSymbolInfo(found.Node, cancellationToken).Symbol is not IMethodSymbol method) return null;

        // Members of extension blocks are in a type without a name.
        INamedTypeSymbol owner = method.ContainingType.ContainingType ?? method.ContainingType;
        if (owner.Namespace() != "Smpi") return null;
        JsonUseKind? kind = owner.Name switch
        {
            "AllProviders" or "SmpiChannelExtensions" or "SmpiServerExtensions"
                when owner.ContainingAssembly.Name == "Smpi.All" => JsonUseKind.Hidden,
            "JsonBuilderExtensions" or "JsonEncoding" when HasContext(found, method, cancellationToken) => JsonUseKind.WithContext,
            "JsonBuilderExtensions" or "JsonEncoding" => JsonUseKind.WithoutContext,
            _ => null,
        };
        string name = method.MethodKind == MethodKind.Constructor ? "new JsonEncoding()" : method.Name + "()";
        return kind is { } known ? new JsonUse(name, known, Place.Of(NamePart(found.Node))) : null;
    }

    private static SyntaxNode NamePart(SyntaxNode node) =>
        node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ? access.Name : node;

    private static bool HasContext(GeneratorSyntaxContext found, IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (method.Parameters.Any(static p => p.Type.Name == "JsonSerializerContext")) return true;
        ArgumentListSyntax? arguments = found.Node switch
        {
            InvocationExpressionSyntax call => call.ArgumentList,
            ObjectCreationExpressionSyntax made => made.ArgumentList,
            _ => null,
        };
        foreach (ArgumentSyntax argument in arguments?.Arguments ?? default)
        {
            ITypeSymbol? type = found.SemanticModel.GetTypeInfo(argument.Expression, cancellationToken).ConvertedType;
            if (type is { Name: "JsonEncodingOptions" } && !HasNoContext(argument.Expression)) return true;
        }

        return false;
    }

    // Options that come from elsewhere may have contexts, so they are believed to.
    private static bool HasNoContext(ExpressionSyntax options) => options switch
    {
        BaseObjectCreationExpressionSyntax made =>
            made.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>().All(static e => !IsNamed(e.Left, "Contexts")) ?? true,
        LiteralExpressionSyntax => true,
        PostfixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax } => true,
        _ => false,
    };

    private static bool IsNamed(SyntaxNode node, string name) => node switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText == name,
        SimpleNameSyntax simple => simple.Identifier.ValueText == name,
        _ => false,
    };
}
