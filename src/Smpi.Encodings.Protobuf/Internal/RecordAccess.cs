using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Makes records and sets their members: by compiled delegates where code can be generated at run time, by reflection elsewhere.</summary>
[RequiresUnreferencedCode(ReflectedShapes.Reason)]
[RequiresDynamicCode(ReflectedShapes.Reason)]
internal static class RecordAccess
{
    private delegate void Setter<T>(ref T record, MemberCell[] cells);

    public static Func<MemberCell[], T> Maker<T>(ConstructorInfo? constructor, MemberPlan[] plans) =>
        RuntimeFeature.IsDynamicCodeSupported ? Compiled<T>(constructor, plans) : Invoked<T>(constructor, plans);

    public static Func<MemberCell[], T> Invoked<T>(ConstructorInfo? constructor, MemberPlan[] plans)
    {
        object?[] defaults = Array.ConvertAll(constructor?.GetParameters() ?? [], Default);
        return cells =>
        {
            object?[] values = [.. defaults];
            for (int i = 0; i < plans.Length; i++)
            {
                if (plans[i].Position >= 0) values[plans[i].Position] = cells[i].Boxed;
            }

            object record = constructor is null ? default(T)! : constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, values, null);
            for (int i = 0; i < plans.Length; i++)
            {
                if (plans[i].Position < 0 && cells[i].IsSet) plans[i].Property.SetMethod!.Invoke(record, BindingFlags.DoNotWrapExceptions, null, [cells[i].Boxed], null);
            }

            return (T)record;
        };
    }

    /// <summary>What a parameter gets when its member did not arrive: its C# default, or the default of its type.</summary>
    public static object? Default(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        object? value = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        if (value is null) return type.IsValueType && Nullable.GetUnderlyingType(type) is null ? RuntimeHelpers.GetUninitializedObject(type) : null;
        Type inner = Nullable.GetUnderlyingType(type) ?? type;
        return inner.IsEnum ? Enum.ToObject(inner, value) : value;
    }

    private static Func<MemberCell[], T> Compiled<T>(ConstructorInfo? constructor, MemberPlan[] plans)
    {
        ParameterExpression cells = Expression.Parameter(typeof(MemberCell[])), record = Expression.Variable(typeof(T));
        ParameterInfo[] parameters = constructor?.GetParameters() ?? [];
        Expression[] arguments = Array.ConvertAll(parameters, p => (Expression)Expression.Constant(Default(p), p.ParameterType));
        List<Expression> steps = [];
        for (int i = 0; i < plans.Length; i++)
        {
            Expression cell = Expression.ArrayIndex(cells, Expression.Constant(i));
            Expression value = Expression.Property(Expression.Convert(cell, typeof(MemberCell<>).MakeGenericType(plans[i].Property.PropertyType)), nameof(MemberCell<>.Value));
            if (plans[i].Position >= 0) arguments[plans[i].Position] = value;
            else steps.Add(Expression.IfThen(Expression.Property(cell, nameof(MemberCell.IsSet)), Expression.Call(record, plans[i].Property.SetMethod!, value)));
        }

        Expression made = constructor is null ? Expression.Default(typeof(T)) : Expression.New(constructor, arguments);
        Expression body = Expression.Block([record], [Expression.Assign(record, made), .. steps, record]);
        return Expression.Lambda<Func<MemberCell[], T>>(body, cells).Compile();
    }
}
