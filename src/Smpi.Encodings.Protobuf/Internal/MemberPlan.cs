using System.Reflection;

namespace Smpi;

/// <summary>What reflection found out about a member.</summary>
/// <param name="Property">The member.</param>
/// <param name="Number">The field's number.</param>
/// <param name="Position">The position of the constructor's parameter; -1 for a member that is set.</param>
/// <param name="IsNullable">Whether a field that is absent means null.</param>
/// <param name="IsOptional">Whether the field is there whatever the value: absence means null, or the C# default.</param>
/// <param name="IsRequired">Whether absence is a failure.</param>
internal sealed record MemberPlan(PropertyInfo Property, int Number, int Position, bool IsNullable, bool IsOptional, bool IsRequired);
