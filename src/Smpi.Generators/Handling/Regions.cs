using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smpi.Generators;

/// <summary>Divides code into parts of which each runs as a whole or not at all.</summary>
internal static class Regions
{
    /// <summary>Whether a node runs on other conditions than what is around it.</summary>
    public static bool Ends(SyntaxNode node, SyntaxNode parent) => node switch
    {
        BlockSyntax or SwitchSectionSyntax or AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax or SwitchExpressionArmSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax => true,
        StatementSyntax => parent is IfStatementSyntax or ElseClauseSyntax or ForStatementSyntax or ForEachStatementSyntax or WhileStatementSyntax,
        ExpressionSyntax => parent is ConditionalExpressionSyntax choice && choice.Condition != node,
        _ => false,
    };
}
